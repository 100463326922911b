"""The numbers, dates and times that a headline names, read and compared across English and Japanese."""

from __future__ import annotations

from alignkit.text.quantities.compare import QuantityCheck, compare_quantities
from alignkit.text.quantities.model import Approximation, Kind, Quantity
from alignkit.text.quantities.read import read_quantities

__all__ = ["Approximation", "Kind", "Quantity", "QuantityCheck", "compare_quantities", "read_quantities"]
