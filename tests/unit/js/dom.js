// The few things of a document that html.js asks for, and a way to read the result.

class Node {
    constructor() {
        this.childNodes = [];
    }

    get firstChild() {
        return this.childNodes[0];
    }

    append(...items) {
        for (const item of items) {
            const node = item instanceof Node ? item : new Text(item);

            this.childNodes.push(...(node instanceof Fragment ? node.childNodes.splice(0) : [node]));
        }
    }
}

class Text extends Node {
    constructor(text) {
        super();
        this.text = text;
    }

    toString() {
        return this.text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
    }
}

class Element extends Node {
    constructor(localName, namespaceURI = 'http://www.w3.org/1999/xhtml') {
        super();
        this.localName = localName;
        this.namespaceURI = namespaceURI;
        this.attributes = new Map();
        this.listeners = new Map();
    }

    setAttribute(name, value) {
        this.attributes.set(name, String(value));
    }

    addEventListener(name, listener) {
        this.listeners.set(name, listener);
    }

    toString() {
        const attributes = [...this.attributes].map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;')}"`).join('');

        return `<${this.localName}${attributes}>${this.childNodes.join('')}</${this.localName}>`;
    }
}

class Fragment extends Node {
    toString() {
        return this.childNodes.join('');
    }
}

globalThis.Node = Node;
globalThis.document = {
    documentElement: { lang: 'en' },
    createElement: (name) => new Element(name),
    createElementNS: (namespace, name) => new Element(name, namespace),
    createDocumentFragment: () => new Fragment(),
    getElementById: () => null,
};
