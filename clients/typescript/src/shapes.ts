// Of each record of an answer the keys whose values JSON has no type for, and the records that hold such keys.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.

/** "decimal", "instant", or the name of a record. */
export type Conversion = string;

export const SHAPES: Readonly<Record<string, Readonly<Record<string, Conversion>>>> = {
  ApiToken: {
    lastUsedAt: "instant",
    expiresAt: "instant",
    revokedAt: "instant",
    createdAt: "instant",
  },
  ApiTokenCreated: {
    token: "ApiToken",
  },
  ApiTokenList: {
    data: "ApiToken",
  },
  AuditPage: {
    data: "Event",
  },
  Bom: {
    batchSize: "decimal",
    yieldPercent: "decimal",
    costSharePercent: "decimal",
    items: "BomItem",
    byProducts: "BomByProduct",
  },
  BomByProduct: {
    quantity: "decimal",
    costSharePercent: "decimal",
    createdAt: "instant",
  },
  BomItem: {
    quantity: "decimal",
    unitQuantity: "decimal",
    scrapPercent: "decimal",
    createdAt: "instant",
  },
  BomLine: {
    quantity: "decimal",
    unitQuantity: "decimal",
    scrapPercent: "decimal",
    costSharePercent: "decimal",
    stockQuantity: "decimal",
  },
  BomLinePage: {
    data: "BomWithLines",
  },
  BomWithLines: {
    batchSize: "decimal",
    yieldPercent: "decimal",
    lines: "BomLine",
  },
  BuiltInUnit: {
    numerator: "decimal",
    denominator: "decimal",
  },
  BuiltInUnitList: {
    data: "BuiltInUnit",
  },
  Contact: {
    createdAt: "instant",
    updatedAt: "instant",
  },
  ContactDetail: {
    contact: "Contact",
    methods: "ContactMethod",
    links: "ContactLink",
  },
  ContactFoundOrCreated: {
    contact: "Contact",
    method: "ContactMethod",
    link: "ContactLink",
  },
  ContactLink: {
    createdAt: "instant",
    updatedAt: "instant",
  },
  ContactLinkPage: {
    data: "ContactLinkSummary",
  },
  ContactLinkSummary: {
    createdAt: "instant",
    updatedAt: "instant",
  },
  ContactMethod: {
    createdAt: "instant",
    updatedAt: "instant",
  },
  ContactMethodList: {
    data: "ContactMethod",
  },
  ContactMethodPage: {
    data: "ContactMethodSummary",
  },
  ContactMethodSummary: {
    createdAt: "instant",
    updatedAt: "instant",
  },
  ContactPage: {
    data: "Contact",
  },
  CostOfGoods: {
    dateFrom: "instant",
    asOf: "instant",
    data: "CostOfGoodsRow",
    total: "CostOfGoodsTotal",
  },
  CostOfGoodsRow: {
    quantity: "decimal",
    costOfGoods: "decimal",
    variance: "decimal",
  },
  CostOfGoodsTotal: {
    quantity: "decimal",
    costOfGoods: "decimal",
    variance: "decimal",
    netCostOfGoods: "decimal",
  },
  Customer: {
    brokerFeePercent: "decimal",
    createdAt: "instant",
    updatedAt: "instant",
  },
  CustomerPage: {
    data: "Customer",
  },
  CustomerPrice: {
    minQuantity: "decimal",
    unitPrice: "decimal",
    createdAt: "instant",
    updatedAt: "instant",
  },
  CustomerPriceLookUp: {
    quantity: "decimal",
    unitPrice: "decimal",
    amount: "decimal",
    minQuantity: "decimal",
    pricePerUnit: "decimal",
  },
  CustomerPricePage: {
    data: "CustomerPrice",
  },
  Document: {
    createdAt: "instant",
  },
  DocumentDetail: {
    createdAt: "instant",
  },
  DocumentPage: {
    data: "Document",
  },
  Event: {
    occurredAt: "instant",
  },
  EventPage: {
    data: "Event",
  },
  ExpiringLot: {
    onHand: "decimal",
    value: "decimal",
  },
  ExpiringLotPage: {
    data: "ExpiringLot",
  },
  FinishedGoodsLedgerEntry: {
    quantity: "decimal",
    unitCost: "decimal",
    eventDate: "instant",
    value: "decimal",
    variance: "decimal",
    createdAt: "instant",
  },
  FinishedGoodsLedgerPage: {
    data: "FinishedGoodsLedgerEntry",
  },
  FinishedGoodsSummary: {
    onHand: "decimal",
    demand: "decimal",
    allocated: "decimal",
    available: "decimal",
    onOrder: "decimal",
    inTransit: "decimal",
    averageCost: "decimal",
    value: "decimal",
    inTransitValue: "decimal",
  },
  FinishedGoodsSummaryList: {
    data: "FinishedGoodsSummary",
  },
  FinishedGoodsTransferCreated: {
    ledgerEntry: "FinishedGoodsLedgerEntry",
  },
  Invitation: {
    expiresAt: "instant",
    acceptedAt: "instant",
    revokedAt: "instant",
    createdAt: "instant",
  },
  InvitationByToken: {
    expiresAt: "instant",
  },
  InvitationList: {
    data: "Invitation",
  },
  InvitationLookup: {
    invitation: "InvitationByToken",
  },
  ItemUnit: {
    numerator: "decimal",
    denominator: "decimal",
  },
  ItemUnitPage: {
    data: "ItemUnitSummary",
  },
  ItemUnitSummary: {
    numerator: "decimal",
    denominator: "decimal",
  },
  ItemUnits: {
    density: "decimal",
    units: "ItemUnit",
  },
  JournalEntry: {
    eventDate: "instant",
    createdAt: "instant",
    lines: "JournalLine",
  },
  JournalLine: {
    debit: "decimal",
    credit: "decimal",
  },
  JournalPage: {
    data: "JournalEntry",
  },
  LinkedContact: {
    link: "ContactLink",
    contact: "Contact",
    methods: "ContactMethod",
  },
  LinkedContactList: {
    data: "LinkedContact",
  },
  Location: {
    stillHolds: "StillHolds",
    createdAt: "instant",
    updatedAt: "instant",
  },
  LocationList: {
    data: "Location",
  },
  Lookup: {
    createdAt: "instant",
  },
  LookupList: {
    data: "Lookup",
  },
  Lot: {
    statusAt: "instant",
    expiredAt: "instant",
    createdAt: "instant",
    updatedAt: "instant",
  },
  LotBalance: {
    onHand: "decimal",
    inTransit: "decimal",
  },
  LotBalanceList: {
    data: "LotBalance",
  },
  LotEntry: {
    quantity: "decimal",
    onHand: "decimal",
    inTransit: "decimal",
    eventDate: "instant",
    createdAt: "instant",
  },
  LotEntryPage: {
    data: "LotEntry",
  },
  LotMassBalance: {
    received: "decimal",
    produced: "decimal",
    found: "decimal",
    opening: "decimal",
    used: "decimal",
    shipped: "decimal",
    lost: "decimal",
    onHand: "decimal",
    inTransit: "decimal",
    difference: "decimal",
  },
  LotOfStep: {
    quantity: "decimal",
  },
  LotOrigin: {
    quantity: "decimal",
    eventDate: "instant",
  },
  LotPage: {
    data: "Lot",
  },
  LotPlace: {
    onHand: "decimal",
    inTransit: "decimal",
  },
  LotRecall: {
    createdAt: "instant",
  },
  LotRecallCustomer: {
    quantity: "decimal",
    returned: "decimal",
  },
  LotRecallLine: {
    quantity: "decimal",
    returned: "decimal",
    eventDate: "instant",
  },
  LotRecallLineList: {
    data: "LotRecallLine",
  },
  LotRecallList: {
    data: "LotRecall",
  },
  LotRecallReport: {
    recall: "LotRecall",
    sales: "LotSale",
    customers: "LotRecallCustomer",
    places: "LotPlace",
  },
  LotSale: {
    quantity: "decimal",
    returned: "decimal",
    eventDate: "instant",
  },
  LotScan: {
    lots: "Lot",
  },
  LotStep: {
    eventDate: "instant",
    used: "LotOfStep",
    made: "LotOfStep",
  },
  LotTrace: {
    lot: "Lot",
    steps: "LotStep",
    origins: "LotOrigin",
    sales: "LotSale",
    places: "LotPlace",
  },
  LotTrackingEvent: {
    eventDate: "instant",
    quantity: "decimal",
  },
  LotTrackingEventList: {
    data: "LotTrackingEvent",
  },
  Material: {
    density: "decimal",
    stillHolds: "StillHolds",
    createdAt: "instant",
    updatedAt: "instant",
  },
  MaterialPage: {
    data: "Material",
  },
  MaterialsLedgerEntry: {
    quantity: "decimal",
    unitCost: "decimal",
    eventDate: "instant",
    value: "decimal",
    variance: "decimal",
    createdAt: "instant",
  },
  MaterialsLedgerPage: {
    data: "MaterialsLedgerEntry",
  },
  MaterialsSummary: {
    onHand: "decimal",
    onOrder: "decimal",
    demand: "decimal",
    allocated: "decimal",
    available: "decimal",
    inTransit: "decimal",
    averageCost: "decimal",
    value: "decimal",
    inTransitValue: "decimal",
  },
  MaterialsSummaryList: {
    data: "MaterialsSummary",
  },
  MaterialsTransferCreated: {
    ledgerEntry: "MaterialsLedgerEntry",
  },
  Member: {
    joinedAt: "instant",
    lastActiveAt: "instant",
  },
  MemberList: {
    data: "Member",
  },
  Membership: {
    joinedAt: "instant",
    lastActiveAt: "instant",
    createdAt: "instant",
    updatedAt: "instant",
  },
  MyInvitation: {
    expiresAt: "instant",
  },
  MyInvitationList: {
    data: "MyInvitation",
  },
  Organization: {
    createdAt: "instant",
    updatedAt: "instant",
  },
  OrganizationSettings: {
    overReceiptTolerancePercent: "decimal",
    createdAt: "instant",
    updatedAt: "instant",
  },
  OrganizationWithMembership: {
    organization: "Organization",
    membership: "Membership",
  },
  OrganizationWithSettings: {
    organization: "Organization",
    settings: "OrganizationSettings",
  },
  ProductionOrder: {
    createdAt: "instant",
    updatedAt: "instant",
  },
  ProductionOrderByProduct: {
    quantity: "decimal",
    quantityVariance: "decimal",
    costSharePercent: "decimal",
  },
  ProductionOrderDetail: {
    productionOrder: "ProductionOrder",
    items: "ProductionOrderItem",
    inputs: "ProductionOrderInput",
    byProducts: "ProductionOrderByProduct",
  },
  ProductionOrderInput: {
    quantity: "decimal",
    quantityVariance: "decimal",
  },
  ProductionOrderItem: {
    unitQuantity: "decimal",
    productionCost: "decimal",
    batchSize: "decimal",
    yieldPercent: "decimal",
    createdAt: "instant",
  },
  ProductionOrderItemDetail: {
    item: "ProductionOrderItem",
    inputs: "ProductionOrderInput",
    byProducts: "ProductionOrderByProduct",
  },
  ProductionOrderPage: {
    data: "ProductionOrder",
  },
  ProductionOrderReceipt: {
    createdAt: "instant",
  },
  ProductionOrderReceiptByProduct: {
    planned: "decimal",
    quantity: "decimal",
    unitCost: "decimal",
  },
  ProductionOrderReceiptDetail: {
    receipt: "ProductionOrderReceipt",
    items: "ProductionOrderReceiptItem",
    usages: "ProductionOrderReceiptUsage",
    byProducts: "ProductionOrderReceiptByProduct",
  },
  ProductionOrderReceiptItem: {
    quantity: "decimal",
    unitQuantity: "decimal",
    unitCost: "decimal",
  },
  ProductionOrderReceiptList: {
    data: "ProductionOrderReceipt",
  },
  ProductionOrderReceiptUsage: {
    planned: "decimal",
    used: "decimal",
    scrapped: "decimal",
    scrappedValue: "decimal",
    returned: "decimal",
  },
  ProductionOrderReceived: {
    productionOrder: "ProductionOrder",
    receipt: "ProductionOrderReceipt",
    receiptItems: "ProductionOrderReceiptItem",
    usages: "ProductionOrderReceiptUsage",
    byProducts: "ProductionOrderReceiptByProduct",
  },
  PurchaseOrder: {
    shippingCosts: "decimal",
    setupCosts: "decimal",
    otherCosts: "decimal",
    createdAt: "instant",
    updatedAt: "instant",
  },
  PurchaseOrderCostChange: {
    eventDate: "instant",
    createdAt: "instant",
  },
  PurchaseOrderCostChangeDetail: {
    costChange: "PurchaseOrderCostChange",
    items: "PurchaseOrderCostChangeItem",
  },
  PurchaseOrderCostChangeItem: {
    unitCostBefore: "decimal",
    unitCost: "decimal",
    amount: "decimal",
  },
  PurchaseOrderCostChangeList: {
    data: "PurchaseOrderCostChange",
    notAllocated: "PurchaseOrderCostsNotAllocated",
  },
  PurchaseOrderCostsNotAllocated: {
    shippingCosts: "decimal",
    setupCosts: "decimal",
    otherCosts: "decimal",
  },
  PurchaseOrderDetail: {
    purchaseOrder: "PurchaseOrder",
    items: "PurchaseOrderItem",
  },
  PurchaseOrderItem: {
    quantity: "decimal",
    unitCost: "decimal",
    unitQuantity: "decimal",
    pricePerUnit: "decimal",
  },
  PurchaseOrderItemList: {
    data: "PurchaseOrderItem",
  },
  PurchaseOrderItemPage: {
    data: "PurchaseOrderItemSummary",
  },
  PurchaseOrderItemSummary: {
    quantity: "decimal",
    unitCost: "decimal",
    unitQuantity: "decimal",
    pricePerUnit: "decimal",
    receivedQuantity: "decimal",
  },
  PurchaseOrderPage: {
    data: "PurchaseOrder",
  },
  PurchaseOrderReceipt: {
    createdAt: "instant",
    updatedAt: "instant",
  },
  PurchaseOrderReceiptDetail: {
    receipt: "PurchaseOrderReceipt",
    items: "PurchaseOrderReceiptItem",
  },
  PurchaseOrderReceiptItem: {
    quantity: "decimal",
    unitCost: "decimal",
    unitQuantity: "decimal",
    amount: "decimal",
  },
  PurchaseOrderReceiptList: {
    data: "PurchaseOrderReceipt",
  },
  PurchaseOrderReceived: {
    purchaseOrder: "PurchaseOrder",
    receipt: "PurchaseOrderReceipt",
    receiptItems: "PurchaseOrderReceiptItem",
  },
  SalesOrder: {
    brokerFeePercent: "decimal",
    brokerFees: "decimal",
    fulfillmentCosts: "decimal",
    freightCosts: "decimal",
    promoCosts: "decimal",
    otherCosts: "decimal",
    createdAt: "instant",
    updatedAt: "instant",
  },
  SalesOrderDetail: {
    salesOrder: "SalesOrder",
    items: "SalesOrderItem",
  },
  SalesOrderItem: {
    unitPrice: "decimal",
    unitQuantity: "decimal",
    pricePerUnit: "decimal",
  },
  SalesOrderItemList: {
    data: "SalesOrderItem",
  },
  SalesOrderPage: {
    data: "SalesOrder",
  },
  SalesOrderReturn: {
    amount: "decimal",
    brokerFees: "decimal",
    createdAt: "instant",
    updatedAt: "instant",
  },
  SalesOrderReturnDetail: {
    salesOrderReturn: "SalesOrderReturn",
    items: "SalesOrderReturnItem",
  },
  SalesOrderReturnItem: {
    unitPrice: "decimal",
    amount: "decimal",
    unitQuantity: "decimal",
    pricePerUnit: "decimal",
  },
  SalesOrderReturnList: {
    data: "SalesOrderReturn",
  },
  SalesOrderShipment: {
    createdAt: "instant",
    updatedAt: "instant",
  },
  SalesOrderShipmentDetail: {
    shipment: "SalesOrderShipment",
    items: "SalesOrderShipmentItem",
  },
  SalesOrderShipmentItem: {
    unitQuantity: "decimal",
  },
  SalesOrderShipmentList: {
    data: "SalesOrderShipment",
  },
  SalesOrderShipped: {
    salesOrder: "SalesOrder",
    shipment: "SalesOrderShipment",
    items: "SalesOrderShipmentItem",
  },
  Sku: {
    ozPerItem: "decimal",
    density: "decimal",
    stillHolds: "StillHolds",
    createdAt: "instant",
    updatedAt: "instant",
  },
  SkuPage: {
    data: "Sku",
  },
  StillHeldStock: {
    onHand: "decimal",
    onOrder: "decimal",
    demand: "decimal",
    allocated: "decimal",
    inTransit: "decimal",
    value: "decimal",
  },
  StillHolds: {
    stock: "StillHeldStock",
  },
  SupplierPrice: {
    minQuantity: "decimal",
    unitCost: "decimal",
    createdAt: "instant",
    updatedAt: "instant",
  },
  SupplierPriceLookUp: {
    quantity: "decimal",
    unitCost: "decimal",
    amount: "decimal",
    minQuantity: "decimal",
    pricePerUnit: "decimal",
  },
  SupplierPricePage: {
    data: "SupplierPrice",
  },
  TimelineNote: {
    createdAt: "instant",
  },
  TimelineNotePage: {
    data: "TimelineNote",
  },
  User: {
    lastLoginAt: "instant",
    createdAt: "instant",
    updatedAt: "instant",
  },
  UserWithOrganizations: {
    user: "User",
  },
  Valuation: {
    asOf: "instant",
    data: "ValuationRow",
    locations: "ValuationLocation",
    total: "ValuationTotal",
  },
  ValuationLocation: {
    value: "decimal",
    inTransitValue: "decimal",
    total: "decimal",
  },
  ValuationRow: {
    onHand: "decimal",
    value: "decimal",
    inTransit: "decimal",
    inTransitValue: "decimal",
  },
  ValuationTotal: {
    materials: "decimal",
    finishedGoods: "decimal",
    inTransitValue: "decimal",
    total: "decimal",
  },
  Vendor: {
    createdAt: "instant",
    updatedAt: "instant",
  },
  VendorPage: {
    data: "Vendor",
  },
  WebhookAttempt: {
    createdAt: "instant",
  },
  WebhookAttemptPage: {
    data: "WebhookAttempt",
  },
  WebhookDelivery: {
    dueAt: "instant",
    gaveUpAt: "instant",
    createdAt: "instant",
  },
  WebhookDeliveryPage: {
    data: "WebhookDelivery",
  },
  WebhookEndpoint: {
    pausedAt: "instant",
    previousSecretEndsAt: "instant",
    createdAt: "instant",
    updatedAt: "instant",
  },
  WebhookEndpointList: {
    data: "WebhookEndpoint",
  },
  WebhookRedelivery: {
    createdAt: "instant",
  },
  WebhookSecret: {
    endpoint: "WebhookEndpoint",
  },
  WorkOrder: {
    createdAt: "instant",
    updatedAt: "instant",
  },
  WorkOrderByProduct: {
    quantity: "decimal",
    quantityVariance: "decimal",
    costSharePercent: "decimal",
  },
  WorkOrderDetail: {
    workOrder: "WorkOrder",
    items: "WorkOrderItem",
    inputs: "WorkOrderInput",
    byProducts: "WorkOrderByProduct",
  },
  WorkOrderInput: {
    quantity: "decimal",
    quantityVariance: "decimal",
  },
  WorkOrderItem: {
    unitQuantity: "decimal",
    conversionCost: "decimal",
    batchSize: "decimal",
    yieldPercent: "decimal",
    createdAt: "instant",
  },
  WorkOrderItemDetail: {
    item: "WorkOrderItem",
    inputs: "WorkOrderInput",
    byProducts: "WorkOrderByProduct",
  },
  WorkOrderPage: {
    data: "WorkOrder",
  },
  WorkOrderReceipt: {
    createdAt: "instant",
  },
  WorkOrderReceiptByProduct: {
    planned: "decimal",
    quantity: "decimal",
    unitCost: "decimal",
  },
  WorkOrderReceiptDetail: {
    receipt: "WorkOrderReceipt",
    items: "WorkOrderReceiptItem",
    usages: "WorkOrderReceiptUsage",
    byProducts: "WorkOrderReceiptByProduct",
  },
  WorkOrderReceiptItem: {
    quantity: "decimal",
    unitQuantity: "decimal",
    unitCost: "decimal",
  },
  WorkOrderReceiptList: {
    data: "WorkOrderReceipt",
  },
  WorkOrderReceiptUsage: {
    planned: "decimal",
    used: "decimal",
    scrapped: "decimal",
    scrappedValue: "decimal",
    returned: "decimal",
  },
  WorkOrderReceived: {
    workOrder: "WorkOrder",
    receipt: "WorkOrderReceipt",
    receiptItems: "WorkOrderReceiptItem",
    usages: "WorkOrderReceiptUsage",
    byProducts: "WorkOrderReceiptByProduct",
  },
};
