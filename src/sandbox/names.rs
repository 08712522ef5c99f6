//! Names that a browser page has and this engine lacks: reading one is no mistake of the test.

use std::collections::HashSet;
use std::sync::OnceLock;

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

/// Whether a browser page (or the page that runs the tests) has a global of this name.
pub(super) fn is_browser_global(name: &str) -> bool {
    static SET: OnceLock<HashSet<&'static str>> = OnceLock::new();
    SET.get_or_init(|| NAMES.split_whitespace().collect()).contains(name)
}
