<?php

// The story of tests/clients/protocol.py. A decimal is a string: PHP's generator makes no class of a union.

declare(strict_types=1);

require 'GuzzleHttp/autoload.php';
spl_autoload_register(static function (string $class): void {
    $file = __DIR__ . '/lib/' . str_replace('\\', '/', substr($class, strlen('OpenAPI\\Client\\'))) . '.php';
    if (str_starts_with($class, 'OpenAPI\\Client\\')) {
        require $file;
    }
});

use OpenAPI\Client\Api;
use OpenAPI\Client\ApiException;
use OpenAPI\Client\Configuration;
use OpenAPI\Client\Model;

[, $address, $token, $bought, $unitCost, $perUnit, $made, $conversionCost, $sold, $unitPrice, $ounces] = $argv;
$configuration = (new Configuration())->setHost($address)->setAccessToken($token);
$http = new GuzzleHttp\Client();
$materials = new Api\MaterialsApi($http, $configuration);
$products = new Api\ProductsApi($http, $configuration);
$purchases = new Api\PurchaseOrdersApi($http, $configuration);
$works = new Api\WorkOrdersApi($http, $configuration);
$sales = new Api\SalesOrdersApi($http, $configuration);
$customers = new Api\CustomersApi($http, $configuration);
$materialStock = new Api\MaterialsInventoryApi($http, $configuration);
$finishedStock = new Api\FinishedGoodsInventoryApi($http, $configuration);

function say(string $name, string|int $value): void
{
    echo $name, ' ', $value, "\n";
}

function expect(bool $holds, string $otherwise): void
{
    if (!$holds) {
        throw new RuntimeException($otherwise);
    }
}

$place = (new Api\LocationsApi($http, $configuration))
    ->createLocation(new Model\LocationCreate(['name' => 'Example workshop']))->getId();
$vendor = (new Api\VendorsApi($http, $configuration))
    ->createVendor(new Model\VendorCreate(['name' => 'Sample Oils']))->getId();
$materialType = $materials->createMaterialType(new Model\LookupCreate(['name' => 'Raw materials']))->getId();
$oilBody = new Model\MaterialCreate(['code' => 'OIL-1', 'name' => 'Example oil', 'type_id' => $materialType]);
$oil = $materials->createMaterial($oilBody)->getId();
try {
    $materials->createMaterial($oilBody);
    throw new RuntimeException('a code was taken twice');
} catch (ApiException $refused) {
    say('refused.code', $refused->getResponseObject()->getError()->getCode());
}
$lyeBody = new Model\MaterialCreate(['code' => 'LYE-1', 'name' => 'Example lye', 'type_id' => $materialType]);
$materials->createMaterial($lyeBody);
$listed = [];
$cursor = null;
do {
    $page = $materials->listMaterials(cursor: $cursor, limit: 1);
    foreach ($page->getData() as $each) {
        $listed[$each->getId()] = true;
    }
    $cursor = $page->getNextCursor();
} while ($cursor !== null);
say('listed.materials', count($listed));
$skuType = $products->createSkuType(new Model\LookupCreate(['name' => 'Soaps']))->getId();
$soap = $products->createSku((new Model\SkuCreate(['code' => 'SOAP-1', 'name' => 'Example soap']))
    ->setTypeId($skuType)->setOzPerItem($ounces));
say('sku.ozPerItem', $soap->getOzPerItem());
$input = (new Model\BomItemInput())->setMaterialId($oil)->setQuantity($perUnit);
(new Api\BOMApi($http, $configuration))
    ->createBom(new Model\BomCreate(['output_sku_id' => $soap->getId(), 'items' => [$input]]));

$material = static fn (): Model\MaterialsSummary => $materialStock->getMaterialsSummary($oil, $place)->getData()[0];
$finished = static fn (): Model\FinishedGoodsSummary =>
    $finishedStock->getFinishedGoodsSummary($soap->getId(), $place)->getData()[0];

$purchase = $purchases->createPurchaseOrder((new Model\PurchaseOrderCreate())
    ->setVendorId($vendor)
    ->setTargetType(Model\PurchaseOrderTargetType::MATERIALS)
    ->setStatus(Model\PurchaseOrderStatus::PLACED)
    ->setShipToLocationId($place)
    ->setItems([
        (new Model\PurchaseOrderItemCreate())->setMaterialId($oil)->setQuantity($bought)->setUnitCost($unitCost),
    ]));
$line = $purchase->getItems()[0];
say('bought.quantity', $line->getQuantity());
say('bought.unitCost', $line->getUnitCost());
$arrival = (new Model\PurchaseOrderReceiptItemCreate())->setPoItemId($line->getId())->setQuantity($bought);
$arrived = $purchases->createPurchaseOrderReceipt(
    $purchase->getPurchaseOrder()->getId(),
    new Model\PurchaseOrderReceiptCreate(['items' => [$arrival]]),
);
expect($arrived->getPurchaseOrder()->getStatus() === Model\PurchaseOrderStatus::RECEIVED, 'not received');
say('bought.onHand', $material()->getOnHand());
say('bought.averageCost', $material()->getAverageCost());
say('bought.value', $material()->getValue());

$work = $works->createWorkOrder((new Model\WorkOrderCreate())
    ->setStatus(Model\WorkOrderStatus::PLACED)
    ->setWorkSiteLocationId($place)
    ->setItems([
        (new Model\WorkOrderItemCreate())
            ->setSkuId($soap->getId())->setQuantity((int) $made)->setConversionCost($conversionCost),
    ]));
$output = (new Model\WorkOrderReceiptItemCreate())->setSkuId($soap->getId())->setQuantity($made);
$produced = $works->createWorkOrderReceipt(
    $work->getWorkOrder()->getId(),
    new Model\WorkOrderReceiptCreate(['items' => [$output]]),
);
say('made.materialOnHand', $material()->getOnHand());
say('made.onHand', $finished()->getOnHand());
say('made.value', $finished()->getValue());

$customerType = $customers->createCustomerType(new Model\LookupCreate(['name' => 'Shops']))->getId();
$customerBody = new Model\CustomerCreate(['name' => 'Sample Shop', 'type_id' => $customerType]);
$sale = $sales->createSalesOrder((new Model\SalesOrderCreate())
    ->setCustomerId($customers->createCustomer($customerBody)->getId())
    ->setChannelId($sales->createOrderChannel(new Model\LookupCreate(['name' => 'Wholesale']))->getId())
    ->setStatus(Model\SalesOrderStatus::ENTERED)
    ->setFulfillmentStatus(Model\FulfillmentStatus::PENDING)
    ->setFulfillmentLocationId($place)
    ->setMabd('2026-12-24')
    ->setItems([
        (new Model\SalesOrderItemCreate())
            ->setSkuId($soap->getId())->setQuantity((int) $sold)->setUnitPrice($unitPrice),
    ]));
say('sold.quantity', $sale->getItems()[0]->getQuantity());
say('sold.unitPrice', $sale->getItems()[0]->getUnitPrice());
$order = $sale->getSalesOrder()->getId();
$shipped = $sales->updateSalesOrder($order, (new Model\SalesOrderUpdate())
    ->setStatus(Model\SalesOrderStatus::SHIPPED)
    ->setFulfillmentStatus(Model\FulfillmentStatus::FULFILLED));
expect($shipped->getShippedAt() !== null, 'not shipped');
say('sold.onHand', $finished()->getOnHand());

expect($sales->deleteSalesOrder($order)->getDeletedId() === $order, 'another was deleted');
$works->deleteWorkOrderReceipt($produced->getReceipt()->getId());
say('undone.onHand', $finished()->getOnHand());
$purchases->deletePurchaseOrderReceipt($arrived->getReceipt()->getId());
say('undone.materialOnHand', $material()->getOnHand());
say('undone.materialValue', $material()->getValue());
