//! Scripts compiled by the engine, kept as its bytecode.
//!
//! The engine's wrapper offers bytecode for modules only; a block is a script, and a module would read it differently
//! (`this`, `await` as a name, HTML-like comments). So the engine is called directly, here and nowhere else.

use std::ffi::CString;

use rquickjs::{Ctx, Error, Result, Value, qjs};

use super::source::FILE_NAME;

/// A compiled script. It holds nothing of the realm that compiled it.
#[derive(Debug, Clone)]
pub(super) struct Bytecode(Box<[u8]>);

impl Bytecode {
    /// The size in bytes.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Evaluates a script in strict mode, in the global scope: its value, and its bytecode if that is wanted.
#[allow(unsafe_code)]
pub(super) fn evaluate<'js>(ctx: &Ctx<'js>, source: &str, keep: bool) -> Result<(Value<'js>, Option<Bytecode>)> {
    let name = CString::new(FILE_NAME)?;
    let text = CString::new(source)?;
    let flags = qjs::JS_EVAL_TYPE_GLOBAL | qjs::JS_EVAL_FLAG_STRICT | qjs::JS_EVAL_FLAG_COMPILE_ONLY;
    // SAFETY: the context is alive and ours while `ctx` is; both texts end with a zero byte and outlive the call, and the
    // length is that of the text without it. The value is owned: it is consumed by `run`.
    unsafe {
        let raw = ctx.as_raw().as_ptr();
        let script = qjs::JS_Eval(raw, text.as_ptr(), source.len() as _, name.as_ptr(), flags.cast_signed());
        if qjs::JS_IsException(script) {
            return Err(Error::Exception);
        }
        let bytecode = if keep { write(ctx, script) } else { None };
        Ok((run(ctx, script)?, bytecode))
    }
}

/// Evaluates a script that was compiled before, in whatever realm of this process.
#[allow(unsafe_code)]
pub(super) fn evaluate_again<'js>(ctx: &Ctx<'js>, bytecode: &Bytecode) -> Result<Value<'js>> {
    let Bytecode(bytes) = bytecode;
    // SAFETY: only `write` makes a `Bytecode`, in this process and thus with this version of the engine; the engine copies
    // what it needs of the bytes. The value is owned: it is consumed by `run`.
    unsafe {
        let flags = qjs::JS_READ_OBJ_BYTECODE.cast_signed();
        let script = qjs::JS_ReadObject(ctx.as_raw().as_ptr(), bytes.as_ptr(), bytes.len() as _, flags);
        if qjs::JS_IsException(script) {
            return Err(Error::Exception);
        }
        run(ctx, script)
    }
}

/// Runs a compiled script.
///
/// # Safety
/// `script` is an owned value of this context that holds a compiled script; it is consumed.
#[allow(unsafe_code)]
unsafe fn run<'js>(ctx: &Ctx<'js>, script: qjs::JSValue) -> Result<Value<'js>> {
    // SAFETY: as the caller promises; what comes back is owned, and `Value` takes it over.
    unsafe {
        let value = qjs::JS_EvalFunction(ctx.as_raw().as_ptr(), script);
        if qjs::JS_IsException(value) {
            return Err(Error::Exception);
        }
        Ok(Value::from_raw(ctx.clone(), value))
    }
}

/// The bytecode of a compiled script; nothing when there is no memory for it.
///
/// # Safety
/// `script` is a value of this context that holds a compiled script; it is only looked at.
#[allow(unsafe_code)]
unsafe fn write(ctx: &Ctx<'_>, script: qjs::JSValue) -> Option<Bytecode> {
    // SAFETY: as the caller promises; the engine's buffer holds `length` bytes, is copied, and freed by who made it.
    unsafe {
        let raw = ctx.as_raw().as_ptr();
        let mut length = 0;
        let buffer = qjs::JS_WriteObject(raw, &raw mut length, script, qjs::JS_WRITE_OBJ_BYTECODE.cast_signed());
        if buffer.is_null() {
            // Out of memory: the exception is taken away, so that it is not found by whoever looks next.
            let _ = ctx.catch();
            return None;
        }
        let length = usize::try_from(length).unwrap_or(0);
        let bytes = std::slice::from_raw_parts(buffer.cast_const(), length).into();
        qjs::js_free(raw, buffer.cast());
        Some(Bytecode(bytes))
    }
}

#[cfg(test)]
mod tests {
    use rquickjs::{CatchResultExt, Context, Runtime};

    use super::*;

    fn twice(source: &str) -> (Option<i32>, Option<i32>) {
        let first = Context::full(&Runtime::new().unwrap()).unwrap();
        let (value, bytecode) = first.with(|ctx| {
            let (value, bytecode) = evaluate(&ctx, source, true).unwrap();
            (value.as_int(), bytecode.unwrap())
        });
        let second = Context::full(&Runtime::new().unwrap()).unwrap();
        (value, second.with(|ctx| evaluate_again(&ctx, &bytecode).unwrap().as_int()))
    }

    #[test]
    fn another_realm_runs_the_same_script() {
        assert_eq!(twice("6 * 7"), (Some(42), Some(42)));
        assert_eq!(
            twice("(() => { try { undeclared = 1 } catch { return this === globalThis ? 1 : 2 } })()").1,
            Some(1)
        );
    }

    #[test]
    fn what_a_script_throws_is_the_exception_with_its_place() {
        let context = Context::full(&Runtime::new().unwrap()).unwrap();
        let source = "(() => {\n  throw new Error('no') })";
        let kept = context.with(|ctx| evaluate(&ctx, source, true).unwrap().1.unwrap());
        context.with(|ctx| {
            let error =
                evaluate(&ctx, "\n  throw new Error('no')", false).catch(&ctx).map(|_| ()).unwrap_err().to_string();
            assert!(error.contains("no") && error.contains("hint.js:2:"), "{error}");
            let function = evaluate_again(&ctx, &kept).unwrap().into_function().unwrap();
            let error = function.call::<_, ()>(()).catch(&ctx).unwrap_err().to_string();
            assert!(error.contains("no") && error.contains("hint.js:2:"), "{error}");
            assert!(evaluate(&ctx, "(", false).catch(&ctx).is_err());
            assert!(evaluate(&ctx, "\0", false).is_err());
        });
    }
}
