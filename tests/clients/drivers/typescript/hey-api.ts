import { client } from "./client/client.gen.js";
import * as pharus from "./client/sdk.gen.js";
import type { Api } from "./story.js";

async function data<T>(answer: Promise<{ data: T }>): Promise<T> {
  return (await answer).data;
}

export function connect(baseUrl: string, auth: string): Api {
  client.setConfig({ baseUrl, auth });
  const throwOnError = true as const;
  return {
    createLocation: (body) => data(pharus.createLocation({ body, throwOnError })),
    createVendor: (body) => data(pharus.createVendor({ body, throwOnError })),
    createMaterialType: (body) => data(pharus.createMaterialType({ body, throwOnError })),
    createMaterial: (body) => data(pharus.createMaterial({ body, throwOnError })),
    async refusedMaterial(body) {
      const { error } = await pharus.createMaterial({ body });
      if (error === undefined) throw new Error("a code was taken twice");
      return error.error.code;
    },
    listMaterials: (limit, cursor) =>
      data(pharus.listMaterials({ query: cursor === undefined ? { limit } : { limit, cursor }, throwOnError })),
    createSkuType: (body) => data(pharus.createSkuType({ body, throwOnError })),
    createSku: (body) => data(pharus.createSku({ body, throwOnError })),
    createBom: (body) => data(pharus.createBom({ body, throwOnError })),
    createPurchaseOrder: (body) => data(pharus.createPurchaseOrder({ body, throwOnError })),
    createPurchaseOrderReceipt: (id, body) =>
      data(pharus.createPurchaseOrderReceipt({ path: { id }, body, throwOnError })),
    createWorkOrder: (body) => data(pharus.createWorkOrder({ body, throwOnError })),
    createWorkOrderReceipt: (id, body) => data(pharus.createWorkOrderReceipt({ path: { id }, body, throwOnError })),
    createCustomerType: (body) => data(pharus.createCustomerType({ body, throwOnError })),
    createCustomer: (body) => data(pharus.createCustomer({ body, throwOnError })),
    createOrderChannel: (body) => data(pharus.createOrderChannel({ body, throwOnError })),
    createSalesOrder: (body) => data(pharus.createSalesOrder({ body, throwOnError })),
    updateSalesOrder: (id, body) => data(pharus.updateSalesOrder({ path: { id }, body, throwOnError })),
    deleteSalesOrder: (id) => data(pharus.deleteSalesOrder({ path: { id }, throwOnError })),
    deleteWorkOrderReceipt: (id) => data(pharus.deleteWorkOrderReceipt({ path: { id }, throwOnError })),
    deletePurchaseOrderReceipt: (id) => data(pharus.deletePurchaseOrderReceipt({ path: { id }, throwOnError })),
    getMaterialsSummary: (materialId, locationId) =>
      data(pharus.getMaterialsSummary({ query: { materialId, locationId }, throwOnError })),
    getFinishedGoodsSummary: (skuId, locationId) =>
      data(pharus.getFinishedGoodsSummary({ query: { skuId, locationId }, throwOnError })),
  };
}
