var o=require("./shared.cjs");module.exports={conciseLine:o.b$4,reportConcise:o.a$4};
