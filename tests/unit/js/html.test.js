// The template that builds nodes.

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import './dom.js';
import { html } from '../../../static/js/core/html.js';

const is = (node, text) => assert.equal(String(node), text);

test('what stands in a hole is text and never markup', () => {
    is(html`<p>${'<b>&'}</p>`, '<p>&lt;b&gt;&amp;</p>');
    is(html`<p title="${'"><script>'}">x</p>`, '<p title="&quot;><script>">x</p>');
    assert.equal(html`<p>${'<b>'}</p>`.childNodes.length, 1);
});

test('a hole takes numbers, nodes and lists; null, undefined and false are nothing', () => {
    is(html`<ul>${[1, 2].map((n) => html`<li>${n}</li>`)}${null}${undefined}${false}${0}</ul>`, '<ul><li>1</li><li>2</li>0</ul>');
});

test('an attribute is a word, joined words, there or not there', () => {
    is(html`<a class="x ${'y'} ${'z'}" href=${'/p'} hidden=${true} lang=${null} id=${false} dir=${undefined}>t</a>`,
        '<a class="x y z" href="/p" hidden="">t</a>');
    is(html`<td rowspan=${0}></td>`, '<td rowspan="0"></td>');
});

test('a function becomes a listener', () => {
    const pressed = () => {};
    const button = html`<button onclick=${pressed}>ok</button>`;

    assert.equal(button.listeners.get('click'), pressed);
    is(button, '<button>ok</button>');
});

test('elements can close themselves', () => {
    is(html`<p>a<br/>b<img alt="" /></p>`, '<p>a<br></br>b<img alt=""></img></p>');
});

test('line breaks of the source are no text, blanks within a line are', () => {
    is(html`<p>
        <b>a</b> <i>b</i>
        c ${'d'} e
    </p>`, '<p><b>a</b> <i>b</i>c d e</p>');
});

test('what is in an svg is SVG, and what follows is not', () => {
    const node = html`<div><svg viewBox="0 0 1 1"><path d="M0 0"/></svg><p>x</p></div>`;

    assert.equal(node.childNodes[0].childNodes[0].namespaceURI, 'http://www.w3.org/2000/svg');
    assert.equal(node.childNodes[1].namespaceURI, 'http://www.w3.org/1999/xhtml');
});

test('several nodes are a fragment', () => {
    is(html`<dt>a</dt><dd>b</dd>`, '<dt>a</dt><dd>b</dd>');
});

test('a template that is not well-formed is refused', () => {
    assert.throws(() => html`<p>`, /well-formed/);
    assert.throws(() => html`<p></b>`, /stray/);
    assert.throws(() => html`</p>`, /stray/);
    assert.throws(() => html`<p class=x>y</p>`, /html:/);
});
