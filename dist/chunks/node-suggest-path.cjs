var i=require("./shared.cjs");module.exports={missingPath:i.a$14};
