package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What Jenkins's hosting checker and its security scan ask of {@code jenkins-plugin/}, as far as the files alone show it.
 *
 * <p>The plugin's parent POM is in Jenkins's own repository only, so its module is outside of this build.
 */
class JenkinsPluginConventionsTest {

    private static final Path PLUGIN =
            Path.of("..", "jenkins-plugin").toAbsolutePath().normalize();
    private static final Path JAVA = PLUGIN.resolve("src/main/java");
    private static final Path RESOURCES = PLUGIN.resolve("src/main/resources");

    @Nested
    class GivenPom {

        private final Element pom = parse(PLUGIN.resolve("pom.xml")).getDocumentElement();

        @Test
        void whenRead_thenItStandsAloneOnTheParentThatHostingAccepts() {
            Element parent = child(pom, "parent");

            assertThat(text(parent, "groupId")).isEqualTo("org.jenkins-ci.plugins");
            assertThat(text(parent, "artifactId")).isEqualTo("plugin");
            assertThat(release(text(parent, "version"))).isGreaterThanOrEqualTo(2211);
            assertThat(text(parent, "relativePath")).isEmpty();
        }

        @Test
        void whenRead_thenItsNamesAreThoseOfAHostedPlugin() {
            assertThat(text(pom, "groupId")).isEqualTo("io.jenkins.plugins");
            assertThat(text(pom, "artifactId")).matches("[a-z][a-z0-9-]*").doesNotContain("jenkins");
            assertThat(text(pom, "name")).isNotEmpty().doesNotContainIgnoringCase("jenkins");
            assertThat(text(pom, "packaging")).isEqualTo("hpi");
            assertThat(text(pom, "version")).contains("${changelist}");
            assertThat(text(pom, "url"))
                    .isEqualTo("https://github.com/jenkinsci/" + text(pom, "artifactId") + "-plugin");
            assertThat(text(child(child(pom, "licenses"), "license"), "name")).isEqualTo("MIT License");
            assertThat(pom.getElementsByTagName("developers").getLength()).isZero();
        }

        @Test
        void whenRead_thenItsSourcesAreNamedOverHttps() {
            Element scm = child(pom, "scm");

            assertThat(text(scm, "connection")).startsWith("scm:git:https://");
            assertThat(text(scm, "developerConnection")).startsWith("scm:git:https://");
            assertThat(text(scm, "url")).startsWith("https://");
            assertThat(text(scm, "tag")).isEqualTo("${scmTag}");
        }

        @Test
        void whenRead_thenThePropertiesOfTheHostingCheckerAreSet() {
            Map<String, String> properties = properties();

            assertThat(properties)
                    .containsEntry("changelist", "999999-SNAPSHOT")
                    .containsEntry("gitHubRepo", "jenkinsci/evenkeel-plugin")
                    .containsEntry("jenkins.baseline", "2.541")
                    .containsEntry("jenkins.version", "${jenkins.baseline}.3")
                    .containsEntry("hpi.strictBundledArtifacts", "true")
                    .containsEntry("ban-commons-lang-2.skip", "false")
                    .containsEntry("ban-deprecated-stapler.skip", "false")
                    .containsEntry("ban-junit4-imports.skip", "false")
                    .containsEntry("banObsoleteDependencyOverrides.skip", "false")
                    .containsEntry("spotless.check.skip", "false");
            assertThat(properties.keySet()).noneMatch(name -> name.matches("java\\.level|maven\\.compiler\\..*"));
        }

        @Test
        void whenRead_thenVersionsComeFromTheBomOfTheBaseline() {
            Element bom = child(child(child(pom, "dependencyManagement"), "dependencies"), "dependency");

            assertThat(text(bom, "artifactId")).isEqualTo("bom-${jenkins.baseline}.x");
            assertThat(text(bom, "scope")).isEqualTo("import");
            assertThat(dependencies())
                    .filteredOn(dependency -> text(dependency, "groupId").matches("(org|io)\\.jenkins.*"))
                    .isNotEmpty()
                    .allSatisfy(dependency ->
                            assertThat(text(dependency, "version")).isEmpty());
        }

        @Test
        void whenRead_thenNothingIsBundledThatAnApiPluginBrings() {
            assertThat(dependencies())
                    .filteredOn(dependency -> !text(dependency, "groupId").matches("(org|io)\\.jenkins.*"))
                    .allSatisfy(
                            dependency -> assertThat(text(dependency, "scope")).isIn("test", "provided"));
            assertThat(properties()).doesNotContainKey("hpi.bundledArtifacts");
        }

        @Test
        void whenRead_thenTheJarItCarriesIsTheOneThisBuildMakes() throws IOException {
            String cli = Files.readString(Path.of("pom.xml"), StandardCharsets.UTF_8);
            String tool =
                    Files.readString(JAVA.resolve("io/evenkeel/jenkins/executor/ToolJar.java"), StandardCharsets.UTF_8);

            assertThat(properties()).containsEntry("evenkeel.folder", "${project.basedir}/../cli/target");
            assertThat(text(pom, "include")).isEqualTo("evenkeel.jar");
            assertThat(cli).contains("<outputFile>${project.build.directory}/evenkeel.jar</outputFile>");
            assertThat(tool).contains("\"evenkeel.jar\"");
        }

        private Map<String, String> properties() {
            Map<String, String> properties = new LinkedHashMap<>();
            children(child(pom, "properties"))
                    .forEach(p ->
                            properties.put(p.getTagName(), p.getTextContent().strip()));
            return properties;
        }

        private List<Element> dependencies() {
            return children(child(pom, "dependencies"));
        }

        /** The number between the first and the second dot of a version such as {@code 6.2211.v27f680c93c53}. */
        private static int release(String version) {
            return Integer.parseInt(version.split("\\.")[1]);
        }
    }

    @Nested
    class GivenRepositoryFiles {

        @Test
        void whenListed_thenThoseOfAHostedPluginAreThere() {
            assertThat(List.of(
                            ".mvn/extensions.xml",
                            ".mvn/maven.config",
                            "Jenkinsfile",
                            "LICENSE",
                            "README.md",
                            ".gitignore",
                            ".github/CODEOWNERS",
                            ".github/workflows/cd.yaml",
                            ".github/workflows/jenkins-security-scan.yml",
                            "src/main/resources/index.jelly"))
                    .allSatisfy(file -> assertThat(PLUGIN.resolve(file)).isRegularFile());
        }

        @Test
        void whenJenkinsfileIsRead_thenItBuildsOnWhatTheInfrastructureOffers() throws IOException {
            String jenkinsfile = Files.readString(PLUGIN.resolve("Jenkinsfile"), StandardCharsets.UTF_8);

            assertThat(jenkinsfile).contains("buildPlugin(", "useContainerAgent: true", "forkCount: '1C'");
            assertThat(matches("jdk: (\\d+)", jenkinsfile).map(m -> m.group(1)))
                    .isNotEmpty()
                    .allMatch(jdk -> List.of("21", "25").contains(jdk));
        }

        @Test
        void whenMavenConfigIsRead_thenReleasesAreIncremental() throws IOException {
            assertThat(Files.readAllLines(PLUGIN.resolve(".mvn/maven.config")))
                    .contains("-Pconsume-incrementals", "-Pmight-produce-incrementals", "-Dchangelist.format=%d.v%s");
            assertThat(parse(PLUGIN.resolve(".mvn/extensions.xml")).getElementsByTagName("artifactId"))
                    .extracting(NodeList::getLength)
                    .isEqualTo(1);
        }
    }

    @Nested
    class GivenJelly {

        private final List<Path> pages = files(RESOURCES, ".jelly");

        @Test
        void whenParsed_thenItIsWellFormedAndEscapes() {
            assertThat(pages).isNotEmpty().allSatisfy(page -> {
                assertThat(parse(page)).isNotNull();
                assertThat(read(page)).startsWith("<?jelly escape-by-default='true'?>");
            });
        }

        @Test
        void whenParsed_thenNothingInItNeedsInlineScriptOrStyle() {
            assertThat(pages).allSatisfy(page -> {
                for (Element element : all(parse(page))) {
                    assertThat(element.getTagName()).isNotIn("script", "style", "st:bind");
                    for (int i = 0; i < element.getAttributes().getLength(); i++) {
                        assertThat(element.getAttributes().item(i).getNodeName())
                                .doesNotMatch("(?i)style|on[a-z]+|checkUrl");
                    }
                    assertThat(element.getAttribute("href")).doesNotStartWith("javascript:");
                }
            });
        }

        /** Without a coordinator's history no failure has a label, and an empty column says less than none. */
        @Test
        void whenTheTabShowsLabels_thenTheirColumnNeedsOne() {
            Document page = parse(RESOURCES.resolve("io/evenkeel/jenkins/results/EvenkeelRunAction/failures.jelly"));

            assertThat(all(page))
                    .filteredOn(element -> element.getTagName().matches("t[hd]")
                            && element.getTextContent().matches("(?s)Whose failure|.*judgement\\(\\)\\.evidence.*"))
                    .hasSize(2)
                    .allSatisfy(cell -> assertThat(((Element) cell.getParentNode()).getAttribute("test"))
                            .isEqualTo("${labelled}"));
        }

        /** Jenkins leaves tabs out of the side panel, and shows tabs as such only to users who have asked for its new build page. */
        @Test
        void whenABuildHasATab_thenTheSidePanelOfTheUsualPageLeadsToItWithItsBadge() {
            Document page = parse(RESOURCES.resolve("io/evenkeel/jenkins/results/EvenkeelRunAction/action.jelly"));

            assertThat(read(JAVA.resolve("io/evenkeel/jenkins/results/EvenkeelRunAction.java")))
                    .contains("extends Tab");
            assertThat(all(page))
                    .filteredOn(element -> element.getTagName().equals("l:task"))
                    .singleElement()
                    .satisfies(task -> assertThat(task.getAttribute("badge")).isEqualTo("${action.badge}"))
                    .satisfies(task -> assertThat(((Element) task.getParentNode()).getAttribute("test"))
                            .contains("!newBuildPage"));
        }

        @Test
        void whenFormsAreParsed_thenEachFieldHasAHelpFileAndAProperty() throws IOException {
            Map<Path, List<String>> forms = new TreeMap<>();
            for (Path page : pages) {
                List<String> fields = all(parse(page)).stream()
                        .map(element -> element.getAttribute("field"))
                        .filter(field -> !field.isEmpty())
                        .toList();
                if (!fields.isEmpty()) {
                    forms.put(page, fields);
                }
            }

            assertThat(forms).hasSizeGreaterThanOrEqualTo(7);
            forms.forEach((page, fields) -> fields.forEach(field -> {
                assertThat(page.resolveSibling("help-" + field + ".html")).isNotEmptyFile();
                assertThat(read(JAVA.resolve(RESOURCES.relativize(page.getParent()) + ".java")))
                        .as(page + " " + field)
                        .containsPattern("public [^(]* (?:get|is)" + capital(field) + "\\(\\)");
            }));
        }

        @Test
        void whenSymbolsAreUsed_thenTheirPluginIsADependency() {
            String pom = read(PLUGIN.resolve("pom.xml"));

            assertThat(Stream.concat(pages.stream(), files(JAVA, ".java").stream())
                            .flatMap(file -> matches("plugin-([a-z0-9-]+-api)\\b", read(file)))
                            .map(m -> m.group(1)))
                    .isNotEmpty()
                    .allSatisfy(api -> assertThat(pom).contains("<artifactId>" + api + "</artifactId>"));
        }
    }

    @Nested
    class GivenSources {

        private static final Pattern METHOD = Pattern.compile(
                "(?s)((?:@\\w+(?:\\([^)]*\\))?\\s+)*)public [\\w<>., ]+ (do[A-Z]\\w*)\\((.*?)\\n    (?:    )?\\}");

        @Test
        void whenAMethodAnswersRequests_thenItTakesPostOnlyAndChecksAPermission() {
            List<String> methods = new ArrayList<>();
            long declared = 0;
            for (Path file : files(JAVA, ".java")) {
                declared +=
                        matches("public [^(=;]*\\bdo[A-Z]\\w*\\(", read(file)).count();
                METHOD.matcher(read(file)).results().forEach(method -> {
                    methods.add(method.group(2));
                    assertThat(method.group(1)).as(file + " " + method.group(2)).contains("@POST");
                    assertThat(method.group(3))
                            .as(file + " " + method.group(2))
                            .containsPattern(
                                    "checkPermission\\(|hasPermission\\(|\\bcheck\\((?:item|folder)\\)|\\.check\\(item\\)");
                });
            }

            assertThat(methods)
                    .hasSize((int) declared)
                    .contains("doCheckCoordinatorUrl", "doFillCredentialsIdItems", "doCheckShards");
        }

        @Test
        void whenRead_thenOtherPeoplesLibrariesAndTheControllersNetworkStayOut() {
            assertThat(files(JAVA, ".java"))
                    .hasSizeGreaterThan(20)
                    .allSatisfy(file -> assertThat(read(file))
                            .doesNotContainPattern(
                                    "import (com\\.fasterxml|okhttp3|org\\.eclipse\\.jgit|java\\.net\\.http)")
                            .doesNotContainPattern("import (javax\\.servlet|org\\.apache\\.commons\\.lang\\.)")
                            .doesNotContainPattern("StaplerRequest\\b|StaplerResponse\\b|SlaveToMaster"));
        }

        @Test
        void whenRead_thenOnlyEnvironmentsAndNeverStatesHoldTheToken() {
            assertThat(files(JAVA.resolve("io/evenkeel/jenkins/steps"), ".java"))
                    .allSatisfy(file -> assertThat(read(file))
                            .doesNotContainPattern("private (final )?(Secret|String) (token|secret|password)"));
        }

        /** A process that is followed by nobody would keep the agent's cores busy until its last test. */
        @Test
        void whenTheWorkspaceIsGone_thenTheProcessIsStoppedBeforeTheStepFails() {
            assertThat(read(JAVA.resolve("io/evenkeel/jenkins/executor/ToolExecution.java")))
                    .containsPattern("abandon\\(.*\\);\\s+throw new AbortException\\(\"Evenkeel: the workspace")
                    .containsPattern("void abandon\\([^{]*\\{\\s+try \\{\\s+process\\.stop\\(workspace, launcher\\);");
        }

        /** Without Java on the agent the jar has made no folder, and asking it for results would hide why behind a stack trace. */
        @Test
        void whenAShareCouldNotBegin_thenItsFolderIsNotAskedForResults() {
            assertThat(read(JAVA.resolve("io/evenkeel/jenkins/steps/EvenkeelRunStep.java")))
                    .contains("!folder.isDirectory() || folder.list(\"spool/\"");
        }

        /** In a pipeline, a step wins over a describable of the same name: the latter could not be written there at all. */
        @Test
        void whenSomethingInsideOfAStepHasASymbol_thenNoStepHasTheSameName() {
            List<String> steps = files(JAVA, ".java").stream()
                    .flatMap(file -> matches("getFunctionName\\(\\) \\{\\s+return \"(\\w+)\"", read(file)))
                    .map(m -> m.group(1))
                    .toList();
            List<String> symbols = files(JAVA.resolve("io/evenkeel/jenkins/publish"), ".java").stream()
                    .flatMap(file -> matches("@Symbol\\(\"(\\w+)\"\\)", read(file)))
                    .map(m -> m.group(1))
                    .toList();

            assertThat(steps).contains("evenkeel", "evenkeelPlan", "evenkeelRun", "evenkeelReport");
            assertThat(symbols).isNotEmpty().doesNotContainAnyElementsOf(steps);
            assertThat(read(PLUGIN.resolve("../docs/how-to/jenkins.md")))
                    .contains("testDataPublishers: [" + symbols.get(0) + "()]");
        }

        @Test
        void whenPackagesAreListed_thenEachSaysWhatItIsForAndRefusesNull() {
            assertThat(files(JAVA, ".java").stream().map(Path::getParent).distinct())
                    .allSatisfy(folder -> assertThat(read(folder.resolve("package-info.java")))
                            .startsWith("/**")
                            .contains("@NullMarked"));
        }
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static Stream<MatchResult> matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results();
    }

    private static List<Path> files(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(folder + " cannot be read", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }

    private static Document parse(Path file) {
        try {
            DocumentBuilder builder =
                    DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
            return builder.parse(file.toFile());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(file + " is not well-formed: " + e.getMessage(), e);
        }
    }

    private static List<Element> all(Document document) {
        NodeList nodes = document.getElementsByTagName("*");
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static List<Element> children(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static Element child(Element parent, String name) {
        return children(parent).stream()
                .filter(element -> element.getTagName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("<" + parent.getTagName() + "> has no <" + name + ">"));
    }

    /** The text of a direct child; of the first descendant with that name where there is no such child; else empty. */
    private static String text(Element parent, String name) {
        return children(parent).stream()
                .filter(element -> element.getTagName().equals(name))
                .findFirst()
                .or(() -> Stream.of(parent.getElementsByTagName(name))
                        .filter(found -> found.getLength() > 0)
                        .map(found -> (Element) found.item(0))
                        .findFirst())
                .map(element -> element.getTextContent().strip())
                .orElse("");
    }
}
