from tests.borrowed import office, office_of_module

__all__ = ["office", "office_of_module"]
