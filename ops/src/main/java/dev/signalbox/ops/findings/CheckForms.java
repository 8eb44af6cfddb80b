package dev.signalbox.ops.findings;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code rules check} found, in each form. */
public final class CheckForms {

  private CheckForms() {}

  /**
   * Writes it.
   *
   * @param version of this program
   */
  public static void write(
      PrintWriter out, Format format, Colours colours, String version, List<Checked> all) {
    switch (format) {
      case TEXT -> {
        var lines = new Lines(out, colours);
        all.forEach(lines::checked);
      }
      case JSON -> out.println(FindingsJson.checked(all).toPrettyString());
      case JUNIT -> out.print(JunitXml.text(all.stream().map(CheckForms::suite).toList()));
      case SARIF ->
          out.println(
              Sarif.log(version, all.stream().flatMap(one -> one.told().stream()).toList())
                  .toPrettyString());
    }
    out.flush();
  }

  /** A test for each file, which fails when there is an error in it. */
  private static JunitXml.Suite suite(Checked checked) {
    var byFile = new LinkedHashMap<String, List<Told>>();
    checked.files().forEach(file -> byFile.put(file, new ArrayList<>()));
    checked
        .told()
        .forEach(told -> byFile.computeIfAbsent(told.file(), any -> new ArrayList<>()).add(told));
    return new JunitXml.Suite(
        "check " + checked.folder(),
        byFile.entrySet().stream().map(e -> fileCase(checked, e.getKey(), e.getValue())).toList());
  }

  private static JunitXml.Case fileCase(Checked checked, String file, List<Told> told) {
    var errors = told.stream().filter(one -> one.code().isError()).toList();
    return new JunitXml.Case(
        checked.folder(),
        file,
        file,
        errors.isEmpty() ? 0 : errors.getFirst().line(),
        0,
        errors.isEmpty()
            ? null
            : errors.stream().map(Told::toString).collect(Collectors.joining("\n")));
  }
}
