"""The compose files: their structure, and that every name in them leads somewhere."""

import copy
import re
from pathlib import Path

import pytest
import yaml

DOCKER = Path(__file__).resolve().parents[2] / "docker"


def merged(*names):
    """Merge compose files as docker does, as far as these files need it: dictionaries deeply, lists by adding."""
    result = {}
    for name in names:
        result = _merge(result, yaml.safe_load((DOCKER / name).read_text()))
    return result


def _merge(one, two):
    if isinstance(one, dict) and isinstance(two, dict):
        return {
            key: _merge(one[key], two[key]) if key in one and key in two else copy.deepcopy(two.get(key, one.get(key)))
            for key in one | two
        }
    if isinstance(one, list) and isinstance(two, list):
        return one + [item for item in two if item not in one]
    return copy.deepcopy(two)


@pytest.fixture(params=[("compose.yaml",), ("compose.yaml", "compose.cluster.yaml")], ids=["one machine", "several machines"])
def compose(request):
    return merged(*request.param)


def test_services_are_complete(compose):
    assert {"db", "odoo", "nginx"} <= set(compose["services"])
    for name, service in compose["services"].items():
        assert service.get("image") or service.get("build"), name
        check = service.get("healthcheck")
        assert check and check["test"][0] in ("CMD", "CMD-SHELL") and check["interval"] and check["retries"], (
            f"{name} has no health check"
        )
        image = service.get("image", ":")
        tag = image.rstrip("}").rpartition(":")[2]
        assert image.startswith("${PAPER_IMAGE:?") or (tag and tag != "latest"), f"{name}: a version is pinned"
        assert service.get("networks"), f"{name} is on the default network"


def test_names_lead_somewhere(compose):
    services, volumes, networks, secrets = (compose.get(key, {}) for key in ("services", "volumes", "networks", "secrets"))
    for name, service in services.items():
        assert set(service.get("depends_on", {})) <= set(services), name
        assert set(service.get("networks", [])) <= set(networks), name
        assert set(service.get("secrets", [])) <= set(secrets), name
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (DOCKER / source).exists(), f"{name}: {source}"
            else:
                assert source in volumes, f"{name}: {source} is no named volume"
        for key, value in (service.get("environment") or {}).items():
            assert isinstance(value, str), f"{name}: {key} must be text"
            if key.endswith("_FILE"):
                assert value.startswith("/run/secrets/") and value.rpartition("/")[2] in service["secrets"], f"{name}: {key}"


def test_secrets_are_files(compose):
    """No password stands in a compose file, and the folder of the files is kept out of git and of the image."""
    for name, secret in compose["secrets"].items():
        assert secret == {"file": f"./secrets/{name}"}
    for service in compose["services"].values():
        assert not [key for key in service.get("environment") or {} if "PASSWORD" in key and not key.endswith("_FILE")]
    for ignore in (".gitignore", ".dockerignore"):
        assert "docker/secrets" in (DOCKER.parent / ignore).read_text()


def test_only_nginx_is_open(compose):
    assert [name for name, service in compose["services"].items() if service.get("ports")] == ["nginx"]
    assert compose["networks"]["inside"]["internal"] is True
    for name, service in compose["services"].items():
        assert ("outside" in service["networks"]) == (name == "nginx"), name


def test_odoo_has_a_way_out(compose):
    """To the mail server, and to the lists of revoked certificates: of sign links and letters every order is made."""
    assert not (compose["networks"]["outgoing"] or {}).get("internal")
    for name, service in compose["services"].items():
        is_odoo = "DB_PASSWORD_FILE" in (service.get("environment") or {})
        assert ("outgoing" in service["networks"]) == is_odoo, name


def test_backups_are_made_and_watched(compose):
    backup = compose["services"]["backup"]
    assert backup["command"] == ["backup", "--every-day"] and "backed-up" in backup["healthcheck"]["test"]
    assert any(volume.startswith("backups:") for volume in backup["volumes"])


def test_several_machines():
    services = merged("compose.yaml", "compose.cluster.yaml")["services"]
    assert services["odoo"]["deploy"]["replicas"] >= 2
    assert services["odoo"]["environment"]["DB_REPLICA_HOST"] in services
    assert services["odoo"]["environment"]["CRON_THREADS"] == "0" and services["scheduler"]["environment"]["CRON_THREADS"] > "0"
    assert services["scheduler"]["deploy"]["replicas"] == 1
    assert services["odoo"]["volumes"] == services["scheduler"]["volumes"], "attachments and sessions are shared"


def test_the_replica_has_a_slot():
    """A primary that keeps a fixed size for a replica loses one that was away for longer."""
    command = " ".join(merged("compose.yaml", "compose.cluster.yaml")["services"]["db"]["command"])
    assert "max_replication_slots" in command and "wal_keep_size" not in command.replace("max_slot_wal_keep_size", "")
    assert "pg_create_physical_replication_slot" in (DOCKER / "postgres" / "10-roles.sh").read_text()


def test_a_swarm_names_its_image():
    """A swarm builds nothing: the image's name has to be given."""
    for service in ("odoo", "scheduler"):
        image = merged("compose.cluster.yaml")["services"][service]["image"]
        assert image.startswith("${PAPER_IMAGE:?"), service


def test_dockerfile():
    """The rules that hadolint would check, as far as they matter here."""
    text = (DOCKER / "Dockerfile").read_text()
    steps = re.findall(r"^([A-Z]+) (.*(?:\\\n.*)*)", text, re.MULTILINE)
    words = [word for word, _rest in steps]
    assert steps[0] == ("FROM", "odoo:19.0")
    assert [rest for word, rest in steps if word == "USER"][-1] == "odoo", "the container does not run as root"
    assert "ADD" not in words and words.count("ENTRYPOINT") == 1 and words.count("CMD") <= 2 and "HEALTHCHECK" in words
    assert [rest for word, rest in steps if word == "ENTRYPOINT"][0].startswith("["), "signals reach the program"
    pip = [rest for word, rest in steps if word == "RUN" and "pip install" in rest]
    assert pip and all("--require-hashes" in rest and "--no-cache-dir" in rest for rest in pip)
    copied = [part for word, rest in steps if word == "COPY" for part in rest.split() if not part.startswith("--")]
    for source in copied:
        assert source.startswith("/") or (DOCKER.parent / source).exists(), f"{source} is copied but not there"
    for variable in re.findall(r"\$\{(\w+)\}", (DOCKER.parent / "config/odoo/production.conf").read_text()):
        assert variable.upper() in (DOCKER / "entrypoint.sh").read_text() + "ADMIN_PASSWD", f"{variable} is set by nobody"
