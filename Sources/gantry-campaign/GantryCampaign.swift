import ArgumentParser
import Campaign

@main
enum GantryCampaign {
  static func main() async { await CampaignCommand.main() }
}
