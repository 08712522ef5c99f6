//! docs/scale/job.yaml: what its documentation says of it, and Kubernetes's own schema.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use serde_json::Value;

use super::{example, python};
use crate::support::{folder, write};

/// The documents of the manifest.
fn manifest() -> Vec<Value> {
    let text = std::fs::read_to_string(example("job.yaml")).unwrap();
    text.split("\n---\n").map(|document| serde_yaml::from_str(document).unwrap()).collect()
}

fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    value.pointer(path).unwrap_or(&Value::Null)
}

#[test]
fn the_manifest_is_what_its_documentation_says() {
    let documents = manifest();
    let kinds: Vec<&str> = documents.iter().map(|document| document["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["PersistentVolumeClaim", "Job", "Job"]);
    let spec = &documents[1]["spec"];
    assert_eq!((&spec["completionMode"], &spec["podReplacementPolicy"]), (&"Indexed".into(), &"Failed".into()));
    assert!(
        spec["backoffLimitPerIndex"].as_u64() > Some(0) && spec["parallelism"].as_u64() < spec["completions"].as_u64()
    );
    let pod = "/template/spec/containers/0";
    let parts = at(spec, &format!("{pod}/env/0"));
    assert_eq!(
        (parts["name"].as_str(), parts["value"].as_str()),
        (Some("PARTS"), Some(&*spec["completions"].to_string()))
    );
    // Exit codes that are answers must be failures by no rule.
    let rules = at(spec, "/podFailurePolicy/rules").as_array().unwrap();
    let codes: Vec<&Value> = rules.iter().filter_map(|rule| rule.pointer("/onExitCodes/values")).collect();
    assert_eq!(codes, [&serde_json::json!([2])]);
    assert!(at(spec, &format!("{pod}/args/0")).as_str().unwrap().contains(" --public-only "));
    assert_eq!(documents[2]["spec"]["suspend"], true);
    for job in &documents[1..] {
        let template = at(job, "/spec/template/spec");
        let expected = [
            ("/restartPolicy", Value::from("Never")),
            ("/automountServiceAccountToken", false.into()),
            ("/securityContext/runAsNonRoot", true.into()),
            ("/securityContext/seccompProfile/type", "RuntimeDefault".into()),
            ("/containers/0/securityContext/readOnlyRootFilesystem", true.into()),
            ("/containers/0/securityContext/allowPrivilegeEscalation", false.into()),
            ("/containers/0/securityContext/capabilities/drop/0", "ALL".into()),
        ];
        for (path, value) in expected {
            assert_eq!(at(template, path), &value, "{path}");
        }
        for path in ["/containers/0/resources/limits/memory", "/containers/0/resources/limits/cpu"] {
            assert!(at(template, path).is_string(), "{path}");
        }
    }
}

#[test]
fn the_schema_of_kubernetes_takes_it() {
    let Some(python) = python() else { return };
    let text = std::fs::read_to_string(example("job.yaml")).unwrap();
    let place = folder();
    let valid = |text: &str| {
        let file = write(place.path(), "job.yaml", text);
        // The command of the package, without where it is: that differs between systems.
        let main = "import sys; from kubernetes_validate.__main__ import main; sys.exit(main())";
        let arguments = ["-c", main, "--strict", "-k", "1.33"];
        let output = Command::new(python).args(arguments).arg(file).output().unwrap();
        (output.status.success(), format!("{output:?}"))
    };
    let (taken, told) = valid(&text);
    assert!(taken, "{told}");
    for (right, wrong) in
        [("backoffLimitPerIndex: 4", "backoffLimitPerIndex: four"), ("podFailurePolicy", "podFailPolicy")]
    {
        let (taken, told) = valid(&text.replacen(right, wrong, 1));
        assert!(!taken && told.contains(wrong.split(' ').next().unwrap()), "{wrong}: {told}");
    }
}

/// The script in the containers, with a `grade` that writes down its arguments and ends as told.
#[test]
fn a_pod_fails_by_what_is_no_answer() {
    let place = folder();
    let grade = write(place.path(), "grade", "#!/bin/sh\necho \"$@\" >> told\nexit \"$ENDS_WITH\"\n");
    std::fs::set_permissions(grade, std::fs::Permissions::from_mode(0o755)).unwrap();
    let documents = manifest();
    for (job, told) in [
        (
            &documents[1],
            "batch /list/list.csv handle-a-disconnect --public-only --shard 16/16 --journal /journals/part-16.journal --resume --output /dev/null\n",
        ),
        (
            &documents[2],
            "merge /journals/part-*.journal --output /journals/results.jsonl --report junit=/journals/results.xml\n",
        ),
    ] {
        let container = at(job, "/spec/template/spec/containers/0");
        let script = container["args"][0].as_str().unwrap();
        for (code, expected) in [(0, 0), (1, 0), (2, 2), (3, 0), (101, 101)] {
            let mut command = Command::new("/bin/sh");
            command.args(["-c", script]).current_dir(place.path()).env("PATH", place.path()).env("PARTS", "16");
            command.env("JOB_COMPLETION_INDEX", "15").env("ENDS_WITH", code.to_string());
            assert_eq!(command.output().unwrap().status.code(), Some(expected), "{code}");
            assert_eq!(std::fs::read_to_string(place.path().join("told")).unwrap(), told);
            std::fs::remove_file(place.path().join("told")).unwrap();
        }
    }
}
