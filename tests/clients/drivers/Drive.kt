// The story of tests/clients/protocol.py. A decimal is a String here: the text that travels.
import com.google.gson.JsonParser
import java.util.UUID
import org.openapitools.client.apis.*
import org.openapitools.client.infrastructure.ApiClient
import org.openapitools.client.infrastructure.ClientError
import org.openapitools.client.infrastructure.ClientException
import org.openapitools.client.models.*

fun say(name: String, value: Any?) = println("$name $value")

class Story(address: String, private val figures: List<String>) {
    private val materials = MaterialsApi(address)
    private val purchases = PurchaseOrdersApi(address)
    private val works = WorkOrdersApi(address)
    private val sales = SalesOrdersApi(address)
    private val customers = CustomersApi(address)
    private val products = ProductsApi(address)
    private val materialStock = MaterialsInventoryApi(address)
    private val finishedStock = FinishedGoodsInventoryApi(address)
    private val boms = BOMApi(address)
    private val place = LocationsApi(address).createLocation(LocationCreate("Example workshop")).id
    private val vendor = VendorsApi(address).createVendor(VendorCreate("Sample Oils")).id

    fun tell() {
        val (bought, unitCost, perUnit, made, conversionCost) = figures
        val (sold, unitPrice, ounces) = figures.drop(5)
        val oil = makeMaterials()
        val skuType = products.createSkuType(LookupCreate("Soaps")).id
        val soap = products.createSku(SkuCreate("SOAP-1", "Example soap", skuType, ozPerItem = ounces))
        say("sku.ozPerItem", soap.ozPerItem)
        boms.createBom(BomCreate(soap.id, listOf(BomItemInput(perUnit, materialId = oil))))
        val arrival = buy(oil, bought, unitCost)
        val output = make(oil, soap.id, made, conversionCost)
        val sale = sell(soap.id, sold, unitPrice)
        check(sales.deleteSalesOrder(sale).deletedId == sale) { "another was deleted" }
        works.deleteWorkOrderReceipt(output)
        say("undone.onHand", finished(soap.id).onHand)
        purchases.deletePurchaseOrderReceipt(arrival)
        say("undone.materialOnHand", material(oil).onHand)
        say("undone.materialValue", material(oil).value)
    }

    private fun makeMaterials(): UUID {
        val type = materials.createMaterialType(LookupCreate("Raw materials")).id
        val body = MaterialCreate("OIL-1", "Example oil", type)
        val oil = materials.createMaterial(body).id
        try {
            materials.createMaterial(body)
            error("a code was taken twice")
        } catch (refused: ClientException) {
            val answer = (refused.response as ClientError<*>).body.toString()
            say("refused.code", JsonParser.parseString(answer).asJsonObject["error"].asJsonObject["code"].asString)
        }
        materials.createMaterial(MaterialCreate("LYE-1", "Example lye", type))
        val listed = mutableSetOf<UUID>()
        var cursor: String? = null
        do {
            val page = materials.listMaterials(limit = 1, cursor = cursor)
            page.data.forEach { listed += it.id }
            cursor = page.nextCursor
        } while (cursor != null)
        say("listed.materials", listed.size)
        return oil
    }

    private fun buy(oil: UUID, bought: String, unitCost: String): UUID {
        val line = PurchaseOrderItemCreate(bought, materialId = oil, unitCost = unitCost)
        val order = purchases.createPurchaseOrder(
            PurchaseOrderCreate(
                vendor, PurchaseOrderTargetType.MATERIALS, PurchaseOrderStatus.PLACED, listOf(line), shipToLocationId = place,
            ),
        )
        say("bought.quantity", order.items[0].quantity)
        say("bought.unitCost", order.items[0].unitCost)
        val arrived = purchases.createPurchaseOrderReceipt(
            order.purchaseOrder.id,
            PurchaseOrderReceiptCreate(listOf(PurchaseOrderReceiptItemCreate(order.items[0].id, bought))),
        )
        check(arrived.purchaseOrder.status == PurchaseOrderStatus.RECEIVED) { "not received" }
        say("bought.onHand", material(oil).onHand)
        say("bought.averageCost", material(oil).averageCost)
        say("bought.value", material(oil).value)
        return arrived.receipt.id
    }

    private fun make(oil: UUID, soap: UUID, made: String, conversionCost: String): UUID {
        val line = WorkOrderItemCreate(soap, made.toInt(), conversionCost)
        val order = works.createWorkOrder(WorkOrderCreate(WorkOrderStatus.PLACED, place, listOf(line)))
        val produced = works.createWorkOrderReceipt(
            order.workOrder.id, WorkOrderReceiptCreate(listOf(WorkOrderReceiptItemCreate(soap, made))),
        )
        say("made.materialOnHand", material(oil).onHand)
        say("made.onHand", finished(soap).onHand)
        say("made.value", finished(soap).value)
        return produced.receipt.id
    }

    private fun sell(soap: UUID, sold: String, unitPrice: String): UUID {
        val customerType = customers.createCustomerType(LookupCreate("Shops")).id
        val customer = customers.createCustomer(CustomerCreate("Sample Shop", customerType)).id
        val channel = sales.createOrderChannel(LookupCreate("Wholesale")).id
        val sale = sales.createSalesOrder(
            SalesOrderCreate(
                customer, channel, SalesOrderStatus.ENTERED, FulfillmentStatus.PENDING, "2026-12-24",
                listOf(SalesOrderItemCreate(soap, sold.toInt(), unitPrice)), fulfillmentLocationId = place,
            ),
        )
        say("sold.quantity", sale.items[0].quantity)
        say("sold.unitPrice", sale.items[0].unitPrice)
        val change = SalesOrderUpdate(status = SalesOrderStatus.SHIPPED, fulfillmentStatus = FulfillmentStatus.FULFILLED)
        checkNotNull(sales.updateSalesOrder(sale.salesOrder.id, change).shippedAt) { "not shipped" }
        say("sold.onHand", finished(soap).onHand)
        return sale.salesOrder.id
    }

    private fun material(id: UUID) = materialStock.getMaterialsSummary(id, place).data.single()

    private fun finished(id: UUID) = finishedStock.getFinishedGoodsSummary(id, place).data.single()
}

fun main(arguments: Array<String>) {
    val (address, token) = arguments
    ApiClient.accessToken = token
    Story(address, arguments.drop(2)).tell()
}
