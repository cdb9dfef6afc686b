var e=require("./shared.cjs");module.exports={checkReportFile:e.b$13,checkReportFiles:e.a$13,writeReportFile:e.c$13};
