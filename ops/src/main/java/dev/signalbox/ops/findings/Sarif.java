package dev.signalbox.ops.findings;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** SARIF 2.1.0: what code hosts show beside the lines of a change. */
public final class Sarif {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private Sarif() {}

  /**
   * A log of one run.
   *
   * @param version of this program
   */
  public static ObjectNode log(String version, List<Told> told) {
    var log = JsonNodeFactory.instance.objectNode().put("$schema", SCHEMA).put("version", "2.1.0");
    var run = log.putArray("runs").addObject();
    var driver = run.putObject("tool").putObject("driver");
    driver.put("name", "signalbox").put("version", version);
    var rules = driver.putArray("rules");
    for (var code : Told.Code.values()) {
      var rule = rules.addObject().put("id", code.word());
      rule.putObject("shortDescription").put("text", code.description());
      rule.putObject("defaultConfiguration").put("level", code.level());
    }
    run.putArray("invocations").addObject().put("executionSuccessful", true);
    run.put("columnKind", "utf16CodeUnits");
    var results = run.putArray("results");
    told.forEach(one -> results.add(result(one)));
    return log;
  }

  private static ObjectNode result(Told told) {
    var result =
        JsonNodeFactory.instance
            .objectNode()
            .put("ruleId", told.code().word())
            .put("level", told.code().level());
    result.putObject("message").put("text", told.what());
    var location = result.putArray("locations").addObject();
    var physical = location.putObject("physicalLocation");
    physical.putObject("artifactLocation").put("uri", uri(told.file()));
    // Some readers drop what has no line; the whole file is meant by its first.
    var region = physical.putObject("region").put("startLine", Math.max(1, told.line()));
    if (told.line() > 0 && told.column() > 0) {
      region.put("startColumn", told.column());
    }
    if (told.rule() != null) {
      location.putArray("logicalLocations").addObject().put("name", told.rule());
    }
    return result;
  }

  /** Relative where the path is: readers take it from the root of the repository. */
  private static String uri(String path) {
    var slashes = path.replace('\\', '/');
    try {
      var uri = new URI(slashes.startsWith("/") ? "file" : null, null, slashes, null);
      return uri.normalize().toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("The path " + path + " cannot be written as a URI.", e);
    }
  }
}
