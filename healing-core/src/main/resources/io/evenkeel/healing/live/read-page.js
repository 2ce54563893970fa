// Runs in the page. Lists the document as start tags, texts and ends (0), open shadow roots before the children of their host, and the
// frame elements met, in order. What was typed is left out. Changes nothing.
([maxElements, offsetX, offsetY]) => {
  const maxDepth = 2000;
  const maxText = 20 * 1024 * 1024;
  const keepsValue = new Set(['button', 'submit', 'reset', 'radio', 'checkbox', 'image']);
  const skipped = new Set(['SCRIPT', 'NOSCRIPT', 'TEMPLATE']);
  const tokens = [];
  const frames = [];
  let elements = 0;
  let size = 0;

  const attributesOf = (element, name) => {
    const type = (element.getAttribute('type') || 'text').toLowerCase();
    const typed = name === 'TEXTAREA' || (name === 'INPUT' && !keepsValue.has(type));
    const kept = {};
    for (const attribute of element.attributes) {
      if (!(typed && attribute.name === 'value')) kept[attribute.name] = attribute.value.slice(0, 4000);
      size += attribute.name.length + Math.min(4000, attribute.value.length);
    }
    if (name === 'INPUT' && (type === 'checkbox' || type === 'radio')) kept.checked = String(element.checked);
    return kept;
  };

  const visit = (node, depth) => {
    if (elements > maxElements || size > maxText || depth > maxDepth) return;
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.nodeValue.slice(0, 20000);
      size += text.length;
      tokens.push(text);
      return;
    }
    const shadow = node.nodeType === Node.DOCUMENT_FRAGMENT_NODE;
    const name = node.nodeName.toUpperCase();
    if (!shadow && (node.nodeType !== Node.ELEMENT_NODE || skipped.has(name))) return;
    if (!shadow) {
      elements++;
      const box = node.getBoundingClientRect();
      const frame = name === 'IFRAME' || name === 'FRAME' ? frames.push(node) : 0;
      tokens.push([
        name.toLowerCase(), attributesOf(node, name), frame,
        [box.x + scrollX + offsetX, box.y + scrollY + offsetY, box.width, box.height].map(Math.round)]);
      if (node.shadowRoot) visit(node.shadowRoot, depth + 1);
    }
    if (name !== 'TEXTAREA') for (const child of node.childNodes) visit(child, depth + 1);
    if (!shadow) tokens.push(0);
  };

  if (document.documentElement) visit(document.documentElement, 0);
  return { json: JSON.stringify(tokens), frames };
}
