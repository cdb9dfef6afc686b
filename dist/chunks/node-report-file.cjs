var e=require("./shared.cjs");module.exports={checkReportFile:e.b$9,checkReportFiles:e.a$9,writeReportFile:e.c$9};
