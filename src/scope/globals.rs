//! The globals of the page that runs the tests.

use std::collections::HashSet;
use std::sync::OnceLock;

/// What a browser's page and the runner put into scope, but for what [`OTHERS`] has.
const NAMES: &str = "\
AbortController AbortSignal AnimationEvent Attr Audio AudioBuffer AudioContext BarProp BeforeUnloadEvent Blob BroadcastChannel \
ByteLengthQueuingStrategy CSS CSSRule CSSStyleDeclaration CSSStyleSheet Cache CacheStorage CanvasGradient \
CanvasRenderingContext2D CharacterData ClipboardEvent CloseEvent Comment CompositionEvent CompressionStream CountQueuingStrategy \
Crypto CryptoKey CustomElementRegistry CustomEvent DOMException DOMImplementation DOMMatrix DOMParser DOMPoint DOMRect \
DOMStringMap DOMTokenList DataTransfer DecompressionStream Document DocumentFragment DocumentType DragEvent Element ErrorEvent \
Event EventSource EventTarget External File FileList FileReader FocusEvent FontFace FormData FormDataEvent Geolocation \
HTMLAnchorElement HTMLButtonElement HTMLCanvasElement HTMLCollection HTMLDivElement HTMLDocument HTMLElement HTMLFormElement \
HTMLHeadElement HTMLHtmlElement HTMLImageElement HTMLInputElement HTMLLIElement HTMLLabelElement HTMLLinkElement \
HTMLMetaElement HTMLOptionElement HTMLParagraphElement HTMLPreElement HTMLScriptElement HTMLSelectElement HTMLSpanElement \
HTMLStyleElement HTMLTableElement HTMLTemplateElement HTMLTextAreaElement HTMLTitleElement HTMLUListElement HTMLVideoElement \
HashChangeEvent Headers History IDBDatabase IDBFactory IDBKeyRange Image ImageBitmap ImageData InputEvent IntersectionObserver \
Intl KeyboardEvent Location MediaQueryList MediaRecorder MediaSource MediaStream MessageChannel MessageEvent MessagePort \
MimeType MouseEvent MutationObserver MutationRecord NamedNodeMap Navigator Node NodeFilter NodeIterator NodeList Notification \
OffscreenCanvas Option Path2D Performance PerformanceEntry PerformanceObserver PermissionStatus Plugin PointerEvent \
PopStateEvent ProgressEvent PromiseRejectionEvent RTCPeerConnection Range ReadableStream ReadableStreamDefaultReader \
ResizeObserver SVGElement Screen SecurityPolicyViolationEvent Selection ServiceWorker ShadowRoot SharedWorker \
SpeechSynthesisUtterance StaticRange Storage StorageEvent StyleSheet SubmitEvent SubtleCrypto Text TextDecoder \
TextDecoderStream TextEncoder TextEncoderStream TextMetrics Touch TouchEvent TransformStream TransitionEvent TreeWalker UIEvent \
URL URLPattern URLSearchParams ValidityState VideoFrame WebAssembly WebGLRenderingContext WebGL2RenderingContext WebSocket \
WebSocketStream WebTransport WheelEvent Window Worker Worklet WritableStream XMLDocument XMLHttpRequest \
XMLHttpRequestUpload XMLSerializer XPathEvaluator XPathExpression XPathResult XSLTProcessor addEventListener alert atob blur \
btoa cancelAnimationFrame cancelIdleCallback caches clientInformation confirm cookieStore createImageBitmap crypto \
customElements devicePixelRatio dispatchEvent document external fetch find focus frameElement getComputedStyle getSelection \
history indexedDB innerHeight innerWidth isSecureContext localStorage location locationbar matchMedia menubar \
moveBy moveTo navigator onerror onload onmessage onunhandledrejection open opener origin originAgentCluster outerHeight \
outerWidth pageXOffset pageYOffset performance personalbar postMessage print prompt removeEventListener reportError \
requestAnimationFrame requestIdleCallback resizeBy resizeTo scheduler screen screenLeft screenTop screenX screenY \
scroll scrollBy scrollTo scrollX scrollY scrollbars sessionStorage speechSynthesis statusbar stop structuredClone toolbar \
trustedTypes visualViewport SharedArrayBuffer Atomics \
__helpers __FakeTimers __testEditable DeepEqual DeepFreeze Enzyme editableContents enzyme expect chai jQuery $ assert";

/// The language's own, what every script engine has, what the runner hands to a test, and the window's names that are
/// everyday words.
const OTHERS: &str = "\
AggregateError Array ArrayBuffer AsyncDisposableStack BigInt BigInt64Array BigUint64Array Boolean DataView Date DisposableStack \
Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array \
Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set String SuppressedError \
Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet arguments \
decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval globalThis isFinite isNaN parseFloat parseInt undefined \
unescape AssertionError CDATASection ProcessingInstruction Request Response XMLHttpRequestEventTarget clearInterval clearTimeout \
console queueMicrotask setInterval setTimeout code getUserInput closed event frames length name parent self status top window";

/// Whether a browser page (or the page that runs the tests) has a global of this name, beside what every script engine has.
pub fn is_browser_global(name: &str) -> bool {
    static SET: OnceLock<HashSet<&'static str>> = OnceLock::new();
    SET.get_or_init(|| NAMES.split_whitespace().collect()).contains(name)
}

/// Whether code that runs in such a page finds anything under this name that it did not declare itself.
pub fn is_global(name: &str) -> bool {
    static SET: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let others = SET.get_or_init(|| OTHERS.split_whitespace().collect());
    others.contains(name) || is_browser_global(name) || is_handler(name) || is_element(name)
}

/// All names, for whoever looks for one that is near.
pub fn globals() -> impl Iterator<Item = &'static str> {
    OTHERS.split_whitespace().chain(NAMES.split_whitespace())
}

/// `onclick` and its kin.
fn is_handler(name: &str) -> bool {
    name.strip_prefix("on").is_some_and(|event| event.len() > 2 && event.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// The classes of elements are too many to list.
fn is_element(name: &str) -> bool {
    ["HTML", "SVG"].iter().any(|prefix| name.starts_with(prefix)) && name.ends_with("Element")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_and_the_language_are_known() {
        for name in ["fetch", "assert", "code", "undefined", "Math", "HTMLMapElement", "onclick", "window", "$"] {
            assert!(is_global(name), "{name}");
        }
        for name in ["require", "module", "process", "once", "Feth", "data", ""] {
            assert!(!is_global(name), "{name}");
        }
    }
}
