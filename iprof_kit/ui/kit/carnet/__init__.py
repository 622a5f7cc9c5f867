"""What a person writes and the server keeps: two writings, never one lost; one carnet for all."""

from iprof_kit.ui.kit.carnet.by_field import ACTS, ByField, FieldByField
from iprof_kit.ui.kit.carnet.carnet import LONG, Carnet
from iprof_kit.ui.kit.carnet.drafts import NEW, Draft, Drafts
from iprof_kit.ui.kit.carnet.keeping import CarnetView, Keeping, Sent, new_key
from iprof_kit.ui.kit.carnet.two_writings import Document

__all__ = [
    "ACTS",
    "LONG",
    "NEW",
    "ByField",
    "Carnet",
    "CarnetView",
    "Document",
    "Draft",
    "Drafts",
    "FieldByField",
    "Keeping",
    "Sent",
    "new_key",
]
