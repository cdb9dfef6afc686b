var e=require("node:v8");function o(){(0,e.setFlagsFromString)("--semi-space-growth-factor=1")}module.exports={keepYoungGenerationSmall:o};
