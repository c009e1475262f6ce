// What is sent and answered is parsed by the zod schemas as well, for the orders and the stock.
import type { ZodType } from "zod";
import * as pharus from "./client.js";
import { connectTo } from "./fetcher.js";
import * as schemas from "./schemas.js";
import type { Api } from "./story.js";

type Answer = { status: number; data: unknown };
type Success<T extends Answer> = Extract<T, { status: 200 | 201 }>["data"];

async function data<T extends Answer>(answer: Promise<T>, schema?: ZodType): Promise<Success<T>> {
  const { status, data } = await answer;
  if (status >= 400) throw new Error(JSON.stringify(data));
  schema?.parse(data);
  return data as Success<T>;
}

function checked<T>(schema: ZodType, body: T): T {
  schema.parse(body);
  return body;
}

export function connect(address: string, token: string): Api {
  connectTo(address, token);
  return {
    createLocation: (body) => data(pharus.createLocation(body)),
    createVendor: (body) => data(pharus.createVendor(body)),
    createMaterialType: (body) => data(pharus.createMaterialType(body)),
    createMaterial: (body) => data(pharus.createMaterial(body)),
    async refusedMaterial(body) {
      const answer = await pharus.createMaterial(body);
      if (answer.status === 201) throw new Error("a code was taken twice");
      return answer.data.error.code;
    },
    listMaterials: (limit, cursor) => data(pharus.listMaterials({ limit, ...(cursor === undefined ? {} : { cursor }) })),
    createSkuType: (body) => data(pharus.createSkuType(body)),
    createSku: (body) => data(pharus.createSku(checked(schemas.CreateSkuBody, body)), schemas.CreateSkuResponse),
    createBom: (body) => data(pharus.createBom(checked(schemas.CreateBomBody, body)), schemas.CreateBomResponse),
    createPurchaseOrder: (body) =>
      data(
        pharus.createPurchaseOrder(checked(schemas.CreatePurchaseOrderBody, body)),
        schemas.CreatePurchaseOrderResponse,
      ),
    createPurchaseOrderReceipt: (id, body) =>
      data(
        pharus.createPurchaseOrderReceipt(id, checked(schemas.CreatePurchaseOrderReceiptBody, body)),
        schemas.CreatePurchaseOrderReceiptResponse,
      ),
    createWorkOrder: (body) =>
      data(pharus.createWorkOrder(checked(schemas.CreateWorkOrderBody, body)), schemas.CreateWorkOrderResponse),
    createWorkOrderReceipt: (id, body) =>
      data(
        pharus.createWorkOrderReceipt(id, checked(schemas.CreateWorkOrderReceiptBody, body)),
        schemas.CreateWorkOrderReceiptResponse,
      ),
    createCustomerType: (body) => data(pharus.createCustomerType(body)),
    createCustomer: (body) => data(pharus.createCustomer(checked(schemas.CreateCustomerBody, body))),
    createOrderChannel: (body) => data(pharus.createOrderChannel(body)),
    createSalesOrder: (body) =>
      data(pharus.createSalesOrder(checked(schemas.CreateSalesOrderBody, body)), schemas.CreateSalesOrderResponse),
    updateSalesOrder: (id, body) =>
      data(pharus.updateSalesOrder(id, checked(schemas.UpdateSalesOrderBody, body)), schemas.UpdateSalesOrderResponse),
    deleteSalesOrder: (id) => data(pharus.deleteSalesOrder(id), schemas.DeleteSalesOrderResponse),
    deleteWorkOrderReceipt: (id) => data(pharus.deleteWorkOrderReceipt(id)),
    deletePurchaseOrderReceipt: (id) => data(pharus.deletePurchaseOrderReceipt(id)),
    getMaterialsSummary: (materialId, locationId) =>
      data(pharus.getMaterialsSummary({ materialId, locationId }), schemas.GetMaterialsSummaryResponse),
    getFinishedGoodsSummary: (skuId, locationId) =>
      data(pharus.getFinishedGoodsSummary({ skuId, locationId }), schemas.GetFinishedGoodsSummaryResponse),
  };
}
