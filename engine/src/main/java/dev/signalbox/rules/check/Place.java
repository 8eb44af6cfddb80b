package dev.signalbox.rules.check;

import com.github.javaparser.ast.Node;
import java.util.List;
import java.util.regex.Pattern;
import org.drools.mvel.parser.printer.PrintUtil;

/** Where an expression stands in its file, and the faults found in it. */
final class Place {
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private final SourceText source;
  private final int offset;
  private final String text;
  private final List<Fault> faults;

  /**
   * @param offset of the expression within the file
   */
  Place(SourceText source, int offset, String text, List<Fault> faults) {
    this.source = source;
    this.offset = offset;
    this.text = text;
    this.faults = faults;
  }

  void fault(String what) {
    faults.add(source.at(offset, what));
  }

  /** The parser of conditions keeps no places, so the words themselves are looked for. */
  void fault(Node node, String what) {
    faults.add(source.at(offset + indexOf(node), what));
  }

  private int indexOf(Node node) {
    var words = print(node).strip();
    for (var wanted : List.of(words, SPACE.split(words, 2)[0])) {
      int found = text.indexOf(wanted);
      if (found >= 0) {
        return found;
      }
    }
    return 0;
  }

  /**
   * Whether the parser of conditions has read the whole text: it stops silently at what it does not
   * know. It forgets the parentheses around a list of one.
   */
  boolean isAll(Node read) {
    return bare(print(read)).equals(bare(text));
  }

  private static String bare(String text) {
    return squeezed(text).replace("(", "").replace(")", "");
  }

  static String print(Node node) {
    return PrintUtil.printNode(node);
  }

  static String squeezed(String text) {
    return SPACE.matcher(text).replaceAll("");
  }
}
