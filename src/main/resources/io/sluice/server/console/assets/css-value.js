// Values for the stylesheet, set on an element as custom properties. An attribute would be refused:
// the page's own policy allows no inline style.
import { noChange } from "/lib/lit-html/lit-html.js";
import { Directive, directive } from "/lib/lit-html/directive.js";

class CssValue extends Directive {
  render() {
    return noChange;
  }

  update(part, [name, value]) {
    part.element.style.setProperty(name, value);
    return noChange;
  }
}

/** Inside a tag: sets a custom property of that element. */
export const cssValue = directive(CssValue);
