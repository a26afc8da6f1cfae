module.exports = "a package that forgot its manifest"
