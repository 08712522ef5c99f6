// The document object model: what DOMParser gives, and what tests read from it.
export { Node, Element, CharacterData, Text, CDATASection, Comment, ProcessingInstruction, DocumentType, Document, XMLDocument, DocumentFragment, Attr } from './dom/nodes.js';
export { DOMParser, XMLSerializer, parseDocument } from './dom/parser.js';
export { NodeList, HTMLCollection, NamedNodeMap, DOMTokenList, DOMStringMap } from './dom/lists.js';
export * from './dom/html.js';
