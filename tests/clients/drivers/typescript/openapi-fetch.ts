import createClient from "openapi-fetch";
import type { paths } from "./schema.js";
import type { Api } from "./story.js";

async function data<T>(answer: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  const { data, error } = await answer;
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
}

export function connect(baseUrl: string, token: string): Api {
  const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });
  return {
    createLocation: (body) => data(client.POST("/api/locations", { body })),
    createVendor: (body) => data(client.POST("/api/vendors", { body })),
    createMaterialType: (body) => data(client.POST("/api/material-types", { body })),
    createMaterial: (body) => data(client.POST("/api/materials", { body })),
    async refusedMaterial(body) {
      const { error } = await client.POST("/api/materials", { body });
      if (error === undefined) throw new Error("a code was taken twice");
      return error.error.code;
    },
    listMaterials: (limit, cursor) =>
      data(client.GET("/api/materials", { params: { query: cursor === undefined ? { limit } : { limit, cursor } } })),
    createSkuType: (body) => data(client.POST("/api/sku-types", { body })),
    createSku: (body) => data(client.POST("/api/skus", { body: { itemsPerUnit: 1, ...body } })),
    createBom: (body) => data(client.POST("/api/boms", { body })),
    createPurchaseOrder: (body) => data(client.POST("/api/purchase-orders", { body })),
    createPurchaseOrderReceipt: (id, body) =>
      data(client.POST("/api/purchase-orders/{id}/receipts", { params: { path: { id } }, body })),
    createWorkOrder: (body) => data(client.POST("/api/work-orders", { body })),
    createWorkOrderReceipt: (id, body) =>
      data(client.POST("/api/work-orders/{id}/receipts", { params: { path: { id } }, body })),
    createCustomerType: (body) => data(client.POST("/api/customer-types", { body })),
    createCustomer: (body) => data(client.POST("/api/customers", { body })),
    createOrderChannel: (body) => data(client.POST("/api/order-channels", { body })),
    createSalesOrder: (body) => data(client.POST("/api/sales-orders", { body })),
    updateSalesOrder: (id, body) => data(client.PATCH("/api/sales-orders/{id}", { params: { path: { id } }, body })),
    deleteSalesOrder: (id) => data(client.DELETE("/api/sales-orders/{id}", { params: { path: { id } } })),
    deleteWorkOrderReceipt: (id) => data(client.DELETE("/api/work-order-receipts/{id}", { params: { path: { id } } })),
    deletePurchaseOrderReceipt: (id) =>
      data(client.DELETE("/api/purchase-order-receipts/{id}", { params: { path: { id } } })),
    getMaterialsSummary: (materialId, locationId) =>
      data(client.GET("/api/materials-inventory/summary", { params: { query: { materialId, locationId } } })),
    getFinishedGoodsSummary: (skuId, locationId) =>
      data(client.GET("/api/finished-goods-inventory/summary", { params: { query: { skuId, locationId } } })),
  };
}
