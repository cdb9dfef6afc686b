var o=require("./shared.cjs");module.exports={conciseLine:o.b$17,reportConcise:o.a$17};
