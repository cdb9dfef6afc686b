var o=require("./shared.cjs");module.exports={conciseLine:o.b$13,reportConcise:o.a$13};
