import axios from "axios";
import * as pharus from "./client/index.js";
import type { Api } from "./story.js";

async function data<T>(response: Promise<{ data: T }>): Promise<T> {
  return (await response).data;
}

export function connect(basePath: string, accessToken: string): Api {
  const configuration = new pharus.Configuration({ basePath, accessToken });
  const materials = new pharus.MaterialsApi(configuration);
  const products = new pharus.ProductsApi(configuration);
  const purchases = new pharus.PurchaseOrdersApi(configuration);
  const works = new pharus.WorkOrdersApi(configuration);
  const sales = new pharus.SalesOrdersApi(configuration);
  const customers = new pharus.CustomersApi(configuration);
  return {
    createLocation: (body) => data(new pharus.LocationsApi(configuration).createLocation(body)),
    createVendor: (body) => data(new pharus.VendorsApi(configuration).createVendor(body)),
    createMaterialType: (body) => data(materials.createMaterialType(body)),
    createMaterial: (body) => data(materials.createMaterial(body)),
    async refusedMaterial(body) {
      try {
        await materials.createMaterial(body);
      } catch (refused) {
        if (axios.isAxiosError<pharus.ModelError>(refused) && refused.response) return refused.response.data.error.code;
        throw refused;
      }
      throw new Error("a code was taken twice");
    },
    listMaterials: (limit, cursor) =>
      data(materials.listMaterials(undefined, undefined, undefined, cursor, limit)),
    createSkuType: (body) => data(products.createSkuType(body)),
    createSku: (body) => data(products.createSku(body)),
    createBom: (body) => data(new pharus.BOMApi(configuration).createBom(body)),
    createPurchaseOrder: (body) => data(purchases.createPurchaseOrder(body)),
    createPurchaseOrderReceipt: (id, body) => data(purchases.createPurchaseOrderReceipt(id, body)),
    createWorkOrder: (body) => data(works.createWorkOrder(body)),
    createWorkOrderReceipt: (id, body) => data(works.createWorkOrderReceipt(id, body)),
    createCustomerType: (body) => data(customers.createCustomerType(body)),
    createCustomer: (body) => data(customers.createCustomer(body)),
    createOrderChannel: (body) => data(sales.createOrderChannel(body)),
    createSalesOrder: (body) => data(sales.createSalesOrder(body)),
    updateSalesOrder: (id, body) => data(sales.updateSalesOrder(id, body)),
    deleteSalesOrder: (id) => data(sales.deleteSalesOrder(id)),
    deleteWorkOrderReceipt: (id) => data(works.deleteWorkOrderReceipt(id)),
    deletePurchaseOrderReceipt: (id) => data(purchases.deletePurchaseOrderReceipt(id)),
    getMaterialsSummary: (materialId, locationId) =>
      data(new pharus.MaterialsInventoryApi(configuration).getMaterialsSummary(materialId, locationId)),
    getFinishedGoodsSummary: (skuId, locationId) =>
      data(new pharus.FinishedGoodsInventoryApi(configuration).getFinishedGoodsSummary(skuId, locationId)),
  };
}
