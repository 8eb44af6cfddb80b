package dev.signalbox.ops.findings;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** JUnit's XML, as servers for continuous integration read it. */
public final class JunitXml {

  private JunitXml() {}

  /**
   * Several tests that belong together.
   *
   * @param name e.g. the folder of a ruleset
   */
  public record Suite(String name, List<Case> cases) {
    public Suite {
      cases = List.copyOf(cases);
    }
  }

  /**
   * One test.
   *
   * @param group what it belongs to, e.g. its file
   * @param line from 1; 0 where it is not known
   * @param seconds how long it took
   * @param failure what went wrong, the first line alone being enough to know; null when it passed
   */
  public record Case(
      String group, String name, String file, int line, double seconds, @Nullable String failure) {}

  /** The whole text. */
  public static String text(List<Suite> suites) {
    var text = new StringWriter();
    try {
      var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      counts(xml, suites.stream().flatMap(suite -> suite.cases().stream()).toList());
      for (var suite : suites) {
        write(xml, suite);
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML could not be written to memory.", e);
    }
    return text.toString();
  }

  private static void write(XMLStreamWriter xml, Suite suite) throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", legal(suite.name()));
    counts(xml, suite.cases());
    for (var one : suite.cases()) {
      write(xml, one);
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private static void counts(XMLStreamWriter xml, List<Case> cases) throws XMLStreamException {
    xml.writeAttribute("tests", String.valueOf(cases.size()));
    xml.writeAttribute(
        "failures", String.valueOf(cases.stream().filter(one -> one.failure() != null).count()));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", "0");
    xml.writeAttribute("time", seconds(cases.stream().mapToDouble(Case::seconds).sum()));
  }

  private static void write(XMLStreamWriter xml, Case one) throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", legal(one.group()));
    xml.writeAttribute("name", legal(one.name()));
    xml.writeAttribute("file", legal(one.file()));
    if (one.line() > 0) {
      xml.writeAttribute("line", String.valueOf(one.line()));
    }
    xml.writeAttribute("time", seconds(one.seconds()));
    if (one.failure() != null) {
      xml.writeStartElement("failure");
      xml.writeAttribute("message", legal(one.failure().lines().findFirst().orElse("")));
      xml.writeAttribute("type", "failure");
      xml.writeCharacters(legal(one.failure()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }

  /** XML 1.0 has no way to write some characters, which the writer lets through. */
  private static String legal(String text) {
    var legal = new StringBuilder(text.length());
    text.codePoints()
        .map(c ->
            c == '\n'
                    || c == '\t'
                    || c == '\r'
                    || (c >= ' ' && c < Character.MIN_SURROGATE)
                    || (c > Character.MAX_SURROGATE && c < 0xFFFE)
                    || c > 0xFFFF
                ? c
                : 0xFFFD)
        .forEach(legal::appendCodePoint);
    return legal.toString();
  }
}
