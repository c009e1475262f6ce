import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.JSON;
import org.openapitools.client.api.*;
import org.openapitools.client.model.*;

/**
 * The story of tests/clients/protocol.py. A BigDecimal is exact; the client sends it as a number. The nulls are what
 * is not sent: parameters, and the headers Idempotency-Key and If-Match.
 */
public final class Drive {
  private static MaterialsInventoryApi materialStock;
  private static FinishedGoodsInventoryApi finishedStock;
  private static UUID place;

  private static void say(String name, Object value) {
    System.out.println(name + " " + value);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) throw new IllegalStateException(otherwise);
  }

  private static MaterialsSummary material(UUID id) throws ApiException {
    return materialStock.getMaterialsSummary(id, place, null, null, null, null, null).getData().get(0);
  }

  private static FinishedGoodsSummary finished(UUID id) throws ApiException {
    return finishedStock.getFinishedGoodsSummary(id, place, null, null, null, null, null).getData().get(0);
  }

  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(arguments[0]);
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + arguments[1]));
    BigDecimal bought = new BigDecimal(arguments[2]);
    BigDecimal unitCost = new BigDecimal(arguments[3]);
    BigDecimal perUnit = new BigDecimal(arguments[4]);
    int made = Integer.parseInt(arguments[5]);
    BigDecimal conversionCost = new BigDecimal(arguments[6]);
    int sold = Integer.parseInt(arguments[7]);
    BigDecimal unitPrice = new BigDecimal(arguments[8]);
    BigDecimal ounces = new BigDecimal(arguments[9]);
    materialStock = new MaterialsInventoryApi(client);
    finishedStock = new FinishedGoodsInventoryApi(client);
    MaterialsApi materials = new MaterialsApi(client);
    PurchaseOrdersApi purchases = new PurchaseOrdersApi(client);
    WorkOrdersApi works = new WorkOrdersApi(client);
    SalesOrdersApi sales = new SalesOrdersApi(client);
    CustomersApi customers = new CustomersApi(client);
    ProductsApi products = new ProductsApi(client);

    place = new LocationsApi(client).createLocation(new LocationCreate().name("Example workshop"), null).getId();
    UUID vendor = new VendorsApi(client).createVendor(new VendorCreate().name("Sample Oils"), null).getId();
    UUID materialType = materials.createMaterialType(new LookupCreate().name("Raw materials"), null).getId();
    MaterialCreate oilBody = new MaterialCreate().code("OIL-1").name("Example oil").typeId(materialType);
    UUID oil = materials.createMaterial(oilBody, null).getId();
    try {
      materials.createMaterial(oilBody, null);
      throw new IllegalStateException("a code was taken twice");
    } catch (ApiException refused) {
      org.openapitools.client.model.Error body = JSON.getDefault().getMapper()
          .readValue(refused.getResponseBody(), org.openapitools.client.model.Error.class);
      say("refused.code", body.getError().getCode().getValue());
    }
    materials.createMaterial(new MaterialCreate().code("LYE-1").name("Example lye").typeId(materialType), null);
    Set<UUID> listed = new HashSet<>();
    String cursor = null;
    do {
      MaterialPage page =
          materials.listMaterials(null, null, null, cursor, 1, null, null, null, null, null, null);
      page.getData().forEach(each -> listed.add(each.getId()));
      cursor = page.getNextCursor();
    } while (cursor != null);
    say("listed.materials", listed.size());
    UUID skuType = products.createSkuType(new LookupCreate().name("Soaps"), null).getId();
    Sku soap = products.createSku(
        new SkuCreate().code("SOAP-1").name("Example soap").typeId(skuType).ozPerItem(new OzPerItem(ounces)), null);
    say("sku.ozPerItem", soap.getOzPerItem());
    BomItemInput input = new BomItemInput().materialId(oil).quantity(new LineQuantity(perUnit));
    new BomApi(client).createBom(new BomCreate().outputSkuId(soap.getId()).items(List.of(input)), null);

    PurchaseOrderDetail purchase = purchases.createPurchaseOrder(new PurchaseOrderCreate()
        .vendorId(vendor)
        .targetType(PurchaseOrderTargetType.MATERIALS)
        .status(PurchaseOrderStatus.PLACED)
        .shipToLocationId(place)
        .items(List.of(new PurchaseOrderItemCreate()
            .materialId(oil).quantity(new LineQuantity(bought)).unitCost(new Money(unitCost)))), null);
    PurchaseOrderItem line = purchase.getItems().get(0);
    say("bought.quantity", line.getQuantity());
    say("bought.unitCost", line.getUnitCost());
    PurchaseOrderReceived arrived = purchases.createPurchaseOrderReceipt(
        purchase.getPurchaseOrder().getId(),
        new PurchaseOrderReceiptCreate().items(List.of(
            new PurchaseOrderReceiptItemCreate().poItemId(line.getId()).quantity(new Quantity(bought)))), null, null);
    require(arrived.getPurchaseOrder().getStatus() == PurchaseOrderStatus.RECEIVED, "not received");
    say("bought.onHand", material(oil).getOnHand());
    say("bought.averageCost", material(oil).getAverageCost());
    say("bought.value", material(oil).getValue());

    WorkOrderDetail work = works.createWorkOrder(new WorkOrderCreate()
        .status(WorkOrderStatus.PLACED)
        .workSiteLocationId(place)
        .items(List.of(new WorkOrderItemCreate()
            .skuId(soap.getId()).quantity(made).conversionCost(new Money(conversionCost)))), null);
    WorkOrderReceived finished = works.createWorkOrderReceipt(
        work.getWorkOrder().getId(),
        new WorkOrderReceiptCreate().items(List.of(new WorkOrderReceiptItemCreate()
            .skuId(soap.getId()).quantity(new Quantity(BigDecimal.valueOf(made))))), null, null);
    say("made.materialOnHand", material(oil).getOnHand());
    say("made.onHand", finished(soap.getId()).getOnHand());
    say("made.value", finished(soap.getId()).getValue());

    UUID customerType = customers.createCustomerType(new LookupCreate().name("Shops"), null).getId();
    UUID customer = customers.createCustomer(new CustomerCreate().name("Sample Shop").typeId(customerType), null).getId();
    UUID channel = sales.createOrderChannel(new LookupCreate().name("Wholesale"), null).getId();
    SalesOrderDetail sale = sales.createSalesOrder(new SalesOrderCreate()
        .customerId(customer)
        .channelId(channel)
        .status(SalesOrderStatus.ENTERED)
        .fulfillmentStatus(FulfillmentStatus.PENDING)
        .fulfillmentLocationId(place)
        .mabd("2026-12-24")
        .items(List.of(new SalesOrderItemCreate()
            .skuId(soap.getId()).quantity(sold).unitPrice(new Money(unitPrice)))), null);
    say("sold.quantity", sale.getItems().get(0).getQuantity());
    say("sold.unitPrice", sale.getItems().get(0).getUnitPrice());
    SalesOrder shipped = sales.updateSalesOrder(
        sale.getSalesOrder().getId(),
        new SalesOrderUpdate().status(SalesOrderStatus.SHIPPED).fulfillmentStatus(FulfillmentStatus.FULFILLED), null, null);
    require(shipped.getShippedAt() != null, "not shipped");
    say("sold.onHand", finished(soap.getId()).getOnHand());

    UUID order = sale.getSalesOrder().getId();
    require(sales.deleteSalesOrder(order, null, null).getDeletedId().equals(order), "another was deleted");
    works.deleteWorkOrderReceipt(finished.getReceipt().getId(), null, null);
    say("undone.onHand", finished(soap.getId()).getOnHand());
    purchases.deletePurchaseOrderReceipt(arrived.getReceipt().getId(), null, null);
    say("undone.materialOnHand", material(oil).getOnHand());
    say("undone.materialValue", material(oil).getValue());
  }
}
