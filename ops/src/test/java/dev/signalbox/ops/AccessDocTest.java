package dev.signalbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.access.Permission;
import dev.signalbox.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccessDocTest {

  private static List<String> cells(String line) {
    return Stream.of(line.split("\\|", -1)).map(String::strip).toList();
  }

  @Test
  void the_documented_table_of_permissions_is_the_one_that_holds() throws IOException {
    var lines = Files.readAllLines(Path.of("../docs/access.md"));
    var table = lines.stream().filter(line -> line.startsWith("| ")).toList();
    var roles = cells(table.getFirst());
    var documented = new ArrayList<String>();
    for (var line : table.subList(1, table.size())) {
      var cells = cells(line);
      for (int i = 3; i < cells.size() - 1; i++) {
        if (!cells.get(i).isEmpty()) {
          documented.add(cells.get(1) + " " + roles.get(i));
        }
      }
    }
    var held =
        Stream.of(Permission.values())
            .flatMap(permission ->
                permission.roles().stream().map(role -> permission + " " + role.word()))
            .toList();

    assertThat(documented).containsExactlyInAnyOrderElementsOf(held);
    assertThat(roles).containsAll(Stream.of(Role.values()).map(Role::word).toList());
  }
}
