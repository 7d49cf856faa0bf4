"""The audit trail: rows that are only ever added, which the database's own triggers see to."""

from django.db import models

from takar.audit.enums import Channel


class Event(models.Model):
    """One act in the chain of its stream; `hash` covers every field but `id`, and the hash before it."""

    id = models.BigAutoField(primary_key=True)
    stream = models.CharField("rangkaian", max_length=120)
    seq = models.PositiveIntegerField("nomor urut")
    at = models.DateTimeField("waktu")
    actor_id = models.CharField("kode pelaku", max_length=60, blank=True)
    actor_name = models.CharField("nama pelaku", max_length=200)
    acting_as = models.CharField("bertindak sebagai", max_length=60)
    verb = models.CharField("perbuatan", max_length=80)
    subject = models.TextField("perihal", blank=True)
    before = models.JSONField("sebelum", null=True)
    after = models.JSONField("sesudah", null=True)
    reason = models.TextField("alasan", blank=True)
    channel = models.CharField("melalui", max_length=10, choices=Channel)
    address = models.CharField("alamat", max_length=64, blank=True)
    request_id = models.CharField("kode permintaan", max_length=64, blank=True)
    previous = models.CharField("sidik peristiwa sebelumnya", max_length=64)
    hash = models.CharField("sidik", max_length=64)

    class Meta:
        verbose_name = "peristiwa"
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="event_once_in_stream")]
        indexes = [models.Index(fields=["at", "id"], name="event_by_time")]

    def __str__(self) -> str:
        return f"{self.stream} #{self.seq}"


class Leaf(models.Model):
    """The place of an event in the one tree over all streams, given by the first checkpoint that covers it."""

    index = models.PositiveBigIntegerField("nomor daun", primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="leaf", verbose_name="peristiwa")

    class Meta:
        verbose_name = "daun"

    def __str__(self) -> str:
        return str(self.index)


class Checkpoint(models.Model):
    """A signed statement of how many events there were and what they all were; `frontier` lets the next one go on."""

    id = models.BigAutoField(primary_key=True)
    origin = models.CharField("asal", max_length=80)
    size = models.PositiveBigIntegerField("jumlah peristiwa", unique=True)
    root = models.CharField("akar", max_length=64)
    frontier = models.JSONField("tepi pohon")
    at = models.DateTimeField("waktu")
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="next", verbose_name="titik periksa sebelumnya"
    )
    key_id = models.CharField("sidik kunci", max_length=64)
    signature = models.CharField("tanda tangan", max_length=128)

    class Meta:
        verbose_name = "titik periksa"

    def __str__(self) -> str:
        return f"{self.origin} {self.size}"
