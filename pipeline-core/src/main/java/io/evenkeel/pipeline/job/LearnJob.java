package io.evenkeel.pipeline.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.healing.Learner;
import io.evenkeel.healing.json.ReferenceJson;
import io.evenkeel.healing.reference.Reference;
import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.trace.TraceFile;
import io.evenkeel.healing.trace.TraceUnreadableException;
import io.evenkeel.pipeline.heal.RunRecord;
import io.evenkeel.pipeline.heal.SourcePlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Learns references from the passing tests of a run that left traces.
 *
 * <p>One thread.
 */
public final class LearnJob {

    private final JobContext context;
    private final Path project;

    /**
     * @param project folder the user types the command in
     */
    public LearnJob(JobContext context, Path project) {
        this.context = context;
        this.project = project;
    }

    /** Counts of a lesson: traces read, references known now, traces that could not be read. */
    public record Learned(int traces, int references, int unreadable) {}

    /**
     * Adds what the passing tests of a run acted on to {@code references.json}.
     *
     * @return empty when the folder holds no run
     * @throws IOException when the work folder cannot be read or written
     */
    public Optional<Learned> learn(Optional<String> runKey) throws IOException {
        Optional<RunManifest> run = RunManifest.find(context.folder(), runKey);
        if (run.isEmpty()) {
            return Optional.empty();
        }
        SourcePlaces places = run.get().places(project);
        List<Reference> references = new ArrayList<>();
        int traces = 0;
        int unreadable = 0;
        for (RunRecord.Ended test : run.get().record(context.folder()).passedWithTrace()) {
            Path trace = test.trace().filter(Files::isReadable).orElse(null);
            if (trace == null) {
                unreadable++;
                continue;
            }
            try {
                for (Reference reference : new Learner("").learn(TraceFile.at(trace))) {
                    references.add(inProject(reference, places));
                }
                traces++;
            } catch (TraceUnreadableException e) {
                unreadable++;
                context.people().warn(test.title() + ": " + e.getMessage());
            }
        }
        ReferenceBook book =
                ReferencesFile.read(context.folder(), context.people()).with(references);
        WorkFolder.write(context.folder().references(), ReferenceJson.write(book));
        WorkFolder.write(
                context.folder().learned(),
                new ObjectMapper()
                                .createObjectNode()
                                .put("v", 1)
                                .put("run", run.get().runKey())
                                .put("commit", run.get().opening().origin().commit())
                                .toPrettyString()
                        + "\n");
        return Optional.of(new Learned(traces, book.references().size(), unreadable));
    }

    private Reference inProject(Reference reference, SourcePlaces places) {
        CallSite site = reference.site();
        CallSite here =
                new CallSite(places.inProject(site.file()), site.line(), site.column()).relativeTo(places.project());
        return new Reference(here, reference.locator(), reference.action(), reference.element(), reference.page());
    }
}
