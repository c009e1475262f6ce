"""The paths."""

from django.urls import path

from bench.peers.django_rest import inventory, materials, purchase_orders, vendors

urlpatterns = [
    path("api/vendors", vendors.Vendors.as_view()),
    path("api/materials-inventory/ledger", inventory.Ledger.as_view()),
    path("api/materials-inventory/summary", inventory.Summary.as_view()),
    path("api/materials-inventory/adjustments", inventory.Adjustments.as_view()),
    path("api/materials/bulk-import", materials.Import.as_view()),
    path("api/purchase-orders/<str:id>", purchase_orders.Order.as_view()),
]
handler404 = "bench.peers.django_rest.refusals.not_served"
