import { Api as Client } from "./client.js";
import type { Api } from "./story.js";

async function data<T>(answer: Promise<{ data: T }>): Promise<T> {
  return (await answer).data;
}

export function connect(baseUrl: string, token: string): Api {
  const { api } = new Client({ baseUrl, baseApiParams: { headers: { Authorization: `Bearer ${token}` } } });
  return {
    createLocation: (body) => data(api.createLocation(body)),
    createVendor: (body) => data(api.createVendor(body)),
    createMaterialType: (body) => data(api.createMaterialType(body)),
    createMaterial: (body) => data(api.createMaterial(body)),
    async refusedMaterial(body) {
      const answer = await api.createMaterial(body).catch((refused: Awaited<ReturnType<typeof api.createMaterial>>) => refused);
      if (answer.ok) throw new Error("a code was taken twice");
      return answer.error.error.code;
    },
    listMaterials: (limit, cursor) => data(api.listMaterials(cursor === undefined ? { limit } : { limit, cursor })),
    createSkuType: (body) => data(api.createSkuType(body)),
    createSku: (body) => data(api.createSku(body)),
    createBom: (body) => data(api.createBom(body)),
    createPurchaseOrder: (body) => data(api.createPurchaseOrder(body)),
    createPurchaseOrderReceipt: (id, body) => data(api.createPurchaseOrderReceipt(id, body)),
    createWorkOrder: (body) => data(api.createWorkOrder(body)),
    createWorkOrderReceipt: (id, body) => data(api.createWorkOrderReceipt(id, body)),
    createCustomerType: (body) => data(api.createCustomerType(body)),
    createCustomer: (body) => data(api.createCustomer(body)),
    createOrderChannel: (body) => data(api.createOrderChannel(body)),
    createSalesOrder: (body) => data(api.createSalesOrder(body)),
    updateSalesOrder: (id, body) => data(api.updateSalesOrder(id, body)),
    deleteSalesOrder: (id) => data(api.deleteSalesOrder(id)),
    deleteWorkOrderReceipt: (id) => data(api.deleteWorkOrderReceipt(id)),
    deletePurchaseOrderReceipt: (id) => data(api.deletePurchaseOrderReceipt(id)),
    getMaterialsSummary: (materialId, locationId) => data(api.getMaterialsSummary({ materialId, locationId })),
    getFinishedGoodsSummary: (skuId, locationId) => data(api.getFinishedGoodsSummary({ skuId, locationId })),
  };
}
