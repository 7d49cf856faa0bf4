"""Pages are in the web room, addresses for machines in the api room."""

from django.urls import include, path

urlpatterns = [path("", include("takar.web.urls")), path("", include("takar.api.urls"))]

handler400 = "takar.web.views.errors.bad_request"
handler403 = "takar.web.views.errors.forbidden"
handler404 = "takar.web.views.errors.not_found"
handler500 = "takar.web.views.errors.server_error"
