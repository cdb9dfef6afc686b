var m=require("./report-text.cjs");module.exports={summaryLines:m.a$5};
