package io.evenkeel.pipeline.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.client.CoordinatorClient;
import io.evenkeel.pipeline.heal.HealLimits;
import io.evenkeel.pipeline.heal.HealResult;
import io.evenkeel.pipeline.heal.RedesignReport;
import io.evenkeel.pipeline.protocol.EventJson;
import io.evenkeel.pipeline.protocol.HealJson;
import io.evenkeel.pipeline.spool.SpoolAppender;
import io.evenkeel.pipeline.spool.SpoolId;
import io.evenkeel.pipeline.spool.SpoolShipper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps what a job of healing found: patches, events and reports as files, events for the coordinator too.
 *
 * <p>One thread.
 */
final class HealArchive {

    private static final Duration DELIVERY = Duration.ofSeconds(5);

    private final JobContext context;

    HealArchive(JobContext context) {
        this.context = context;
    }

    /** Keeps the record of this attempt instead of an earlier one. */
    void keep(RunManifest run, List<HealResult> results) throws IOException {
        Path folder = context.folder().heal();
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path old :
                    files.filter(file -> file.toString().endsWith(".patch")).toList()) {
                Files.delete(old);
            }
        }
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode events = mapper.createArrayNode();
        int number = 0;
        for (HealResult result : results) {
            ObjectNode event = HealJson.write(result.event());
            result.tests().forEach(event.putArray("tests")::add);
            result.explanation().forEach(event.putArray("explanation")::add);
            events.add(event);
            if (result.event().patch().isPresent() && result.healed()) {
                number++;
                WorkFolder.write(
                        folder.resolve(number + ".patch"),
                        result.event().patch().get());
            }
        }
        WorkFolder.write(folder.resolve("heals.json"), events.toPrettyString() + "\n");
        spool(run, results);
    }

    /** Writes the report of a redesign, or removes an old one. */
    void keepRedesign(List<HealResult> results, HealLimits limits) throws IOException {
        Path file = context.folder().heal().resolve("redesign.md");
        Optional<String> report = RedesignReport.of(results, limits.redesign());
        if (report.isPresent()) {
            WorkFolder.write(file, report.get());
            context.people().say("The report of the redesign: " + file);
        } else {
            Files.deleteIfExists(file);
        }
    }

    private void spool(RunManifest run, List<HealResult> results) throws IOException {
        int attempt = 1;
        while (Files.exists(context.folder().spools().file(WorkFolder.healSpool(run.runKey(), attempt)))) {
            attempt++;
        }
        SpoolId id = WorkFolder.healSpool(run.runKey(), attempt);
        Path spool = Files.createFile(context.folder().spools().file(id));
        SpoolAppender appender = new SpoolAppender(spool);
        for (HealResult result : results) {
            appender.append(seq -> EventJson.heal(seq, context.machine().clock().instant(), result.event()));
        }
        Optional<CoordinatorClient> coordinator = context.coordinator();
        if (coordinator.isPresent()) {
            SpoolShipper.shipAll(
                    context.folder().spools(),
                    id.name()::equals,
                    name -> id,
                    coordinator.get().eventsAfterTests(run.runKey(), run.opening()),
                    DELIVERY,
                    context.people()::warn);
        }
    }
}
