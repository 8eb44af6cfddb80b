package dev.signalbox.ops.findings;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** For scripts: JSON, whose fields are only ever added to. */
public final class FindingsJson {
  private FindingsJson() {}

  /** What {@code rules check} found. */
  public static ObjectNode checked(List<Checked> all) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("errors", all.stream().mapToLong(Checked::errors).sum());
    node.put("warnings", all.stream().mapToLong(Checked::warnings).sum());
    var rulesets = node.putArray("rulesets");
    for (var checked : all) {
      rulesets
          .addObject()
          .put("folder", checked.folder())
          .put("digest", checked.digest())
          .put("rules", checked.rules());
    }
    var findings = node.putArray("findings");
    all.forEach(checked -> checked.told().forEach(told -> findings.add(finding(told))));
    return node;
  }

  /** One finding; what is not known is not there. */
  public static ObjectNode finding(Told told) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("level", told.code().level())
            .put("code", told.code().word())
            .put("file", told.file());
    if (told.line() > 0) {
      node.put("line", told.line());
    }
    if (told.line() > 0 && told.column() > 0) {
      node.put("column", told.column());
    }
    if (told.rule() != null) {
      node.put("rule", told.rule());
    }
    return node.put("message", told.what());
  }
}
