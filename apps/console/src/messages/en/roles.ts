export const roles = {
  support: "support",
  finance: "finance",
  compliance: "compliance",
  risk: "risk",
  operations: "operations",
  auditor: "auditor",
  admin: "admin",
} as const;
