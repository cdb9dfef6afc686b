var o=require("./shared.cjs");module.exports={conciseLine:o.b$14,reportConcise:o.a$14};
