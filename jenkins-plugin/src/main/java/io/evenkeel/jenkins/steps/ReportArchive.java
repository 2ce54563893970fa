package io.evenkeel.jenkins.steps;

import hudson.FilePath;
import hudson.model.BuildListener;
import hudson.model.TaskListener;
import io.evenkeel.jenkins.executor.ToolPlace;
import io.evenkeel.jenkins.results.EvenkeelRunAction.KeptReport;
import io.evenkeel.jenkins.results.SuiteName;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the merged HTML report as artifacts of the build, wherever this Jenkins stores them. */
final class ReportArchive {

    private ReportArchive() {}

    static KeptReport keep(ToolPlace place, SuiteName suite) throws IOException, InterruptedException {
        FilePath report = SuiteWork.folder(place).child("report");
        if (!report.child("html").child("index.html").exists()) {
            place.say("There is no merged HTML report to keep; the lines above say why.");
            return KeptReport.NO;
        }
        Map<String, String> artifacts = new LinkedHashMap<>();
        for (FilePath file : report.list("html/**,junit.xml,ctrf.json")) {
            String inside =
                    file.getRemote().substring(report.getRemote().length() + 1).replace('\\', '/');
            artifacts.put("evenkeel/" + suite.slug() + "/" + inside, SuiteWork.FOLDER + "/report/" + inside);
        }
        place.run()
                .pickArtifactManager()
                .archive(place.workspace(), place.launcher(), new Listener(place.listener()), artifacts);
        return KeptReport.YES;
    }

    /** The artifact managers ask for this older kind of listener. */
    private record Listener(TaskListener delegate) implements BuildListener {
        @Override
        public PrintStream getLogger() {
            return delegate.getLogger();
        }
    }
}
