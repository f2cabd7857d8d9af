package io.leeway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms of the house and who may know whom. Rooms that are not built yet break nothing. */
@AnalyzeClasses(packages = "io.leeway", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

  private static final String HOUSE = "io.leeway.";

  /** From the ground up; a room knows itself and the floors below, not its neighbour. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("domain"),
          List.of("stats"),
          List.of("profile"),
          List.of("config"),
          List.of("scan", "store"),
          List.of("monitor"),
          List.of("registry"),
          List.of("policy"),
          List.of("explain"),
          List.of("serving"),
          List.of("retrain"),
          List.of("report", "simulate"),
          List.of("cli"));

  @ArchTest
  static final ArchRule everyClassLivesInARoom =
      classes()
          .should()
          .resideInAnyPackage(
              FLOORS.stream()
                  .flatMap(List::stream)
                  .map(room -> HOUSE + room + "..")
                  .toArray(String[]::new));

  @ArchTest
  static final ArchRule roomsKnowOnlyTheFloorsBelow = classes().should(knowOnlyTheFloorsBelow());

  @ArchTest
  static final ArchRule thePureRoomsNeverSeeSpark =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.leeway.domain..",
              "io.leeway.stats..",
              "io.leeway.profile..",
              "io.leeway.config..",
              "io.leeway.policy.verdict..",
              "io.leeway.policy.notice..",
              "io.leeway.serving.circuit..",
              "io.leeway.retrain.decide..",
              "io.leeway.retrain.gate..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "io.delta..", "scala..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule namesSayTheIdea =
      noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Managers?)");

  @ArchTest
  static final ArchRule noStateIsShared =
      fields().that().areStatic().should().beFinal().allowEmptyShould(true);

  @Test
  void everyPackageSaysWhatIsInIt() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      assertThat(
              files
                  .filter(file -> file.toString().endsWith(".java"))
                  .map(Path::getParent)
                  .distinct())
          .isNotEmpty()
          .allSatisfy(room -> assertThat(room.resolve("package-info.java")).exists());
    }
  }

  private static ArchCondition<JavaClass> knowOnlyTheFloorsBelow() {
    return new ArchCondition<>("know only their own room and the floors below") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        String from = room(item);
        for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
          String to = room(dependency.getTargetClass());
          boolean allowed = to.isEmpty() || to.equals(from) || floor(to) < floor(from);
          events.add(new SimpleConditionEvent(item, allowed, dependency.getDescription()));
        }
      }
    };
  }

  /** The first part of the package name below {@code io.leeway}; empty outside the house. */
  private static String room(JavaClass item) {
    String name = item.getPackageName();
    return name.startsWith(HOUSE) ? name.substring(HOUSE.length()).split("\\.", 2)[0] : "";
  }

  private static int floor(String room) {
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      if (FLOORS.get(floor).contains(room)) {
        return floor;
      }
    }
    return FLOORS.size();
  }
}
