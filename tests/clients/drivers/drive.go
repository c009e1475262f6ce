// The story of tests/clients/protocol.py. A decimal is a string; the float32 beside it would lose digits.
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"

	pharus "example.com/pharus"
)

func check(err error) {
	if err == nil {
		return
	}
	if refused, is := err.(*pharus.GenericOpenAPIError); is {
		fmt.Fprintln(os.Stderr, string(refused.Body()))
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func require(holds bool, otherwise string) {
	if !holds {
		check(fmt.Errorf("%s", otherwise))
	}
}

func quantity(text string) pharus.Quantity { return pharus.StringAsQuantity(&text) }

func lineQuantity(text string) pharus.LineQuantity { return pharus.StringAsLineQuantity(&text) }

func money(text string) *pharus.Money {
	amount := pharus.StringAsMoney(&text)
	return &amount
}

func whole(text string) *int32 {
	number, err := strconv.ParseInt(text, 10, 32)
	check(err)
	count := int32(number)
	return &count
}

func main() {
	bought, unitCost, perUnit, made := os.Args[3], os.Args[4], os.Args[5], os.Args[6]
	conversionCost, sold, unitPrice, ounces := os.Args[7], os.Args[8], os.Args[9], os.Args[10]
	configuration := pharus.NewConfiguration()
	configuration.Servers = pharus.ServerConfigurations{{URL: os.Args[1]}}
	client := pharus.NewAPIClient(configuration)
	caller := context.WithValue(context.Background(), pharus.ContextAccessToken, os.Args[2])

	place, _, err := client.LocationsAPI.CreateLocation(caller).LocationCreate(*pharus.NewLocationCreate("Example workshop")).Execute()
	check(err)
	vendor, _, err := client.VendorsAPI.CreateVendor(caller).VendorCreate(*pharus.NewVendorCreate("Sample Oils")).Execute()
	check(err)
	materialType, _, err := client.MaterialsAPI.CreateMaterialType(caller).LookupCreate(*pharus.NewLookupCreate("Raw materials")).Execute()
	check(err)
	oilBody := *pharus.NewMaterialCreate("OIL-1", "Example oil", materialType.Id)
	oil, _, err := client.MaterialsAPI.CreateMaterial(caller).MaterialCreate(oilBody).Execute()
	check(err)
	_, _, err = client.MaterialsAPI.CreateMaterial(caller).MaterialCreate(oilBody).Execute()
	refused, is := err.(*pharus.GenericOpenAPIError)
	require(is, "a code was taken twice")
	fmt.Println("refused.code", refused.Model().(pharus.Error).Error.Code)
	_, _, err = client.MaterialsAPI.CreateMaterial(caller).MaterialCreate(*pharus.NewMaterialCreate("LYE-1", "Example lye", materialType.Id)).Execute()
	check(err)
	listed := map[string]bool{}
	for request := client.MaterialsAPI.ListMaterials(caller).Limit(1); ; {
		page, _, err := request.Execute()
		check(err)
		for _, each := range page.Data {
			listed[each.Id] = true
		}
		next, more := page.GetNextCursorOk()
		if !more || next == nil {
			break
		}
		request = request.Cursor(*next)
	}
	fmt.Println("listed.materials", len(listed))
	skuType, _, err := client.ProductsAPI.CreateSkuType(caller).LookupCreate(*pharus.NewLookupCreate("Soaps")).Execute()
	check(err)
	skuBody := pharus.NewSkuCreate("SOAP-1", "Example soap", skuType.Id)
	skuBody.SetOzPerItem(pharus.StringAsOzPerItem(&ounces))
	soap, _, err := client.ProductsAPI.CreateSku(caller).SkuCreate(*skuBody).Execute()
	check(err)
	fmt.Println("sku.ozPerItem", soap.GetOzPerItem())
	input := pharus.NewBomItemInput(lineQuantity(perUnit))
	input.SetMaterialId(oil.Id)
	_, _, err = client.BOMAPI.CreateBom(caller).BomCreate(*pharus.NewBomCreate(soap.Id, []pharus.BomItemInput{*input})).Execute()
	check(err)

	material := func() pharus.MaterialsSummary {
		found, _, err := client.MaterialsInventoryAPI.GetMaterialsSummary(caller).MaterialId(oil.Id).LocationId(place.Id).Execute()
		check(err)
		return found.Data[0]
	}
	finished := func() pharus.FinishedGoodsSummary {
		found, _, err := client.FinishedGoodsInventoryAPI.GetFinishedGoodsSummary(caller).SkuId(soap.Id).LocationId(place.Id).Execute()
		check(err)
		return found.Data[0]
	}

	line := pharus.PurchaseOrderItemCreate{Quantity: lineQuantity(bought), UnitCost: money(unitCost)}
	line.SetMaterialId(oil.Id)
	purchaseBody := pharus.NewPurchaseOrderCreate(vendor.Id, pharus.PURCHASEORDERTARGETTYPE_MATERIALS, pharus.PURCHASEORDERSTATUS_PLACED, []pharus.PurchaseOrderItemCreate{line})
	purchaseBody.SetShipToLocationId(place.Id)
	purchase, _, err := client.PurchaseOrdersAPI.CreatePurchaseOrder(caller).PurchaseOrderCreate(*purchaseBody).Execute()
	check(err)
	fmt.Println("bought.quantity", purchase.Items[0].Quantity)
	fmt.Println("bought.unitCost", purchase.Items[0].UnitCost)
	arrival := *pharus.NewPurchaseOrderReceiptItemCreate(purchase.Items[0].Id)
	arrival.SetQuantity(quantity(bought))
	arrived, _, err := client.PurchaseOrdersAPI.CreatePurchaseOrderReceipt(caller, purchase.PurchaseOrder.Id).PurchaseOrderReceiptCreate(
		*pharus.NewPurchaseOrderReceiptCreate([]pharus.PurchaseOrderReceiptItemCreate{arrival})).Execute()
	check(err)
	require(arrived.PurchaseOrder.Status == pharus.PURCHASEORDERSTATUS_RECEIVED, "not received")
	stock := material()
	fmt.Println("bought.onHand", stock.OnHand)
	fmt.Println("bought.averageCost", stock.GetAverageCost())
	fmt.Println("bought.value", stock.Value)

	workLine := pharus.WorkOrderItemCreate{SkuId: soap.Id, Quantity: *pharus.NewNullableInt32(whole(made)), ConversionCost: money(conversionCost)}
	work, _, err := client.WorkOrdersAPI.CreateWorkOrder(caller).WorkOrderCreate(*pharus.NewWorkOrderCreate(pharus.WORKORDERSTATUS_PLACED, place.Id, []pharus.WorkOrderItemCreate{workLine})).Execute()
	check(err)
	output := *pharus.NewWorkOrderReceiptItemCreate(soap.Id)
	output.SetQuantity(quantity(made))
	produced, _, err := client.WorkOrdersAPI.CreateWorkOrderReceipt(caller, work.WorkOrder.Id).WorkOrderReceiptCreate(
		*pharus.NewWorkOrderReceiptCreate([]pharus.WorkOrderReceiptItemCreate{output})).Execute()
	check(err)
	fmt.Println("made.materialOnHand", material().OnHand)
	fmt.Println("made.onHand", finished().OnHand)
	fmt.Println("made.value", finished().Value)

	customerType, _, err := client.CustomersAPI.CreateCustomerType(caller).LookupCreate(*pharus.NewLookupCreate("Shops")).Execute()
	check(err)
	customer, _, err := client.CustomersAPI.CreateCustomer(caller).CustomerCreate(*pharus.NewCustomerCreate("Sample Shop", customerType.Id)).Execute()
	check(err)
	channel, _, err := client.SalesOrdersAPI.CreateOrderChannel(caller).LookupCreate(*pharus.NewLookupCreate("Wholesale")).Execute()
	check(err)
	saleLine := pharus.SalesOrderItemCreate{SkuId: soap.Id, Quantity: *pharus.NewNullableInt32(whole(sold)), UnitPrice: money(unitPrice)}
	saleBody := pharus.NewSalesOrderCreate(customer.Id, channel.Id, pharus.SALESORDERSTATUS_ENTERED, pharus.FULFILLMENTSTATUS_PENDING, "2026-12-24", []pharus.SalesOrderItemCreate{saleLine})
	saleBody.SetFulfillmentLocationId(place.Id)
	sale, _, err := client.SalesOrdersAPI.CreateSalesOrder(caller).SalesOrderCreate(*saleBody).Execute()
	check(err)
	fmt.Println("sold.quantity", sale.Items[0].Quantity)
	fmt.Println("sold.unitPrice", sale.Items[0].UnitPrice)
	change := pharus.NewSalesOrderUpdate()
	change.SetStatus(pharus.SALESORDERSTATUS_SHIPPED)
	change.SetFulfillmentStatus(pharus.FULFILLMENTSTATUS_FULFILLED)
	shipped, _, err := client.SalesOrdersAPI.UpdateSalesOrder(caller, sale.SalesOrder.Id).SalesOrderUpdate(*change).Execute()
	check(err)
	require(shipped.GetShippedAt() != "", "not shipped")
	fmt.Println("sold.onHand", finished().OnHand)

	deleted, _, err := client.SalesOrdersAPI.DeleteSalesOrder(caller, sale.SalesOrder.Id).Execute()
	check(err)
	require(deleted.DeletedId == sale.SalesOrder.Id, "another was deleted")
	_, _, err = client.WorkOrdersAPI.DeleteWorkOrderReceipt(caller, produced.Receipt.Id).Execute()
	check(err)
	fmt.Println("undone.onHand", finished().OnHand)
	_, _, err = client.PurchaseOrdersAPI.DeletePurchaseOrderReceipt(caller, arrived.Receipt.Id).Execute()
	check(err)
	fmt.Println("undone.materialOnHand", material().OnHand)
	fmt.Println("undone.materialValue", material().Value)
}
