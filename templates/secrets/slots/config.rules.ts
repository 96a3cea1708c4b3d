.refine((settings) => !hasRepeats({{join "secretList"}}), {
  path: ["{{join "secretNames"}}"],
  message: "uses one secret twice: {{join "keys.another"}}",
})
