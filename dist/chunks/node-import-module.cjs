function o(r){for(let e of["log","info","debug","dir","table"])console[e]=console.error.bind(console);return import(r)}module.exports={importModule:o};
