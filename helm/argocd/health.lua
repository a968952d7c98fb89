-- Health of every kind of bulkhead.dev for Argo CD: resource.customizations, key bulkhead.dev/*.
-- Of Ready, Reconciling and Stalled exactly one is true for the current generation, or nothing is known of it yet.
local status = obj.status
if status == nil or status.observedGeneration ~= obj.metadata.generation then
  return { status = "Progressing", message = "the operator has not seen this generation yet" }
end

local conditions = {}
for _, condition in ipairs(status.conditions or {}) do
  conditions[condition.type] = condition
end

local function verdict(type, health)
  local condition = conditions[type]
  if condition ~= nil and condition.status == "True" then
    return { status = health, message = condition.message }
  end
end

if conditions.Ready ~= nil and conditions.Ready.status == "True" and conditions.Ready.reason == "Paused" then
  return { status = "Suspended", message = conditions.Ready.message }
end
return verdict("Stalled", "Degraded")
  or verdict("Reconciling", "Progressing")
  or verdict("Ready", "Healthy")
  or { status = "Progressing", message = conditions.Ready and conditions.Ready.message or "no condition yet" }
