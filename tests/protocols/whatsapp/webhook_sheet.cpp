// Every name and number in here is made up.
#include "tests/protocols/whatsapp/webhook_sheet.h"

#include <utility>

#include "tests/protocols/whatsapp/webhook_bodies.h"

namespace mitr::whatsapp {
namespace {

json person() {
  return json::parse(R"({"profile": {"name": "Sample Parent", "username": "@sample"},
    "wa_id": "919800000001", "user_id": "IN.1349120865530274",
    "parent_user_id": "IN.ENT.1181579921288684", "identity_key_hash": "aGFzaA=="})");
}

/// A message of `type`, with `extra` members, from somebody whose every name is known.
SheetLine message(const std::string& type, const std::string& extra) {
  json message = message_of(type, json::parse(extra));
  message["from_user_id"] = kBsuid;
  message["from_parent_user_id"] = "IN.ENT.1181579921288684";
  const auto kind = message.contains(type) && message[type].contains("type")
                        ? type + "/" + message[type]["type"].get<std::string>()
                        : type;
  return {kind, body_with(std::move(message), json::array({person()}))};
}

/// The news of a number, in `field`.
SheetLine news(const std::string& field, const std::string& value) {
  return {field, body_of(json::array({change_of(json::parse(value), field)}))};
}

SheetLine account(const std::string& field, const std::string& value) {
  json body = body_of(json::array({{{"field", field}, {"value", json::parse(value)}}}));
  body["entry"][0]["time"] = 1767225602;
  return {field, std::move(body)};
}

std::vector<SheetLine> words_and_files() {
  return {
      message("text", R"({"text": {"body": "बुखार 🤒"}})"),
      message("text", R"({"text": {"body": "words"}, "context": {"from": "919800000000",
        "id": "wamid.X", "forwarded": true, "frequently_forwarded": false,
        "from_user_id": "IN.12", "from_parent_user_id": "IN.ENT.3",
        "referred_product": {"catalog_id": "77", "product_retailer_id": "rice-5kg"}}})"),
      message("text", R"({"text": {"body": "words"}, "referral": {"source_url": "https://x.example",
        "source_id": "1202", "source_type": "ad", "headline": "Admissions", "body": "Open now",
        "media_type": "image", "image_url": "https://x.example/i", "video_url": "https://x.example/v",
        "thumbnail_url": "https://x.example/t", "ctwa_clid": "Aff-n8", "ref": "r1",
        "welcome_message": {"text": "Hello"}}})"),
      message("image", R"({"image": {"id": "1003", "mime_type": "image/jpeg", "sha256": "SfIn=",
        "url": "https://lookaside.example/1", "caption": "her certificate"}})"),
      message("video", R"({"video": {"id": "1004", "mime_type": "video/mp4", "sha256": "SfIn="}})"),
      message("document", R"({"document": {"id": "1005", "mime_type": "application/pdf",
        "sha256": "SfIn=", "filename": "report.pdf"}})"),
      message("audio", R"({"audio": {"id": "1006", "mime_type": "audio/ogg; codecs=opus",
        "sha256": "SfIn=", "voice": true}})"),
      message("voice", R"({"voice": {"id": "1007", "mime_type": "audio/ogg", "sha256": "SfIn="}})"),
      message("sticker", R"({"sticker": {"id": "1008", "mime_type": "image/webp", "sha256": "SfIn=",
        "animated": false}})"),
      message("location", R"({"location": {"latitude": 12.9715987, "longitude": -77.594566,
        "name": "Gate", "address": "1 Road", "url": "https://gate.example"}})"),
      message("contacts", R"({"contacts": [{"origin": "other", "birthday": "2001-02-03",
        "vcard": "BEGIN:VCARD\nEND:VCARD",
        "name": {"formatted_name": "A B C", "first_name": "A", "middle_name": "B", "last_name": "C",
                 "prefix": "Dr", "suffix": "Jr"},
        "phones": [{"phone": "+91 98000 00002", "wa_id": "919800000002", "type": "CELL",
                    "user_id": "IN.9"}],
        "emails": [{"email": "a@b.example", "type": "WORK"}],
        "addresses": [{"street": "1 Road", "city": "Pune", "state": "MH", "zip": "411001",
                       "country": "India", "country_code": "in", "type": "HOME"}],
        "org": {"company": "C", "department": "D", "title": "T"},
        "urls": [{"url": "https://c.example", "type": "WORK"}]}]})"),
      message("contacts", R"({"contacts": [{"origin": "contact_request",
        "phones": [{"phone": "+91 98000 00001", "wa_id": "919800000001", "type": "CELL"}]}]})"),
  };
}

std::vector<SheetLine> answers_and_notices() {
  return {
      message("reaction", R"({"reaction": {"message_id": "wamid.X", "emoji": "👍"}})"),
      message("reaction", R"({"reaction": {"message_id": "wamid.X", "emoji": ""}})"),
      message("reaction", R"({"reaction": {"message_id": "wamid.X"}})"),
      message("button", R"({"button": {"payload": "P1", "text": "Yes, file it"},
        "context": {"from": "919800000000", "id": "wamid.X"}})"),
      message("interactive", R"({"interactive": {"type": "button_reply",
        "button_reply": {"id": "confirm:yes", "title": "Yes"}}})"),
      message("interactive", R"({"interactive": {"type": "list_reply",
        "list_reply": {"id": "row:2", "title": "Two", "description": "The second"}}})"),
      message("interactive", R"({"interactive": {"type": "nfm_reply", "nfm_reply": {
        "name": "flow", "body": "Sent", "response_json": "{\"flow_token\":\"t\",\"name\":\"A\"}"}}})"),
      message("interactive", R"({"interactive": {"type": "call_permission_reply",
        "call_permission_reply": {"response": "accept", "is_permanent": false,
          "expiration_timestamp": "1767830400", "response_source": "user_action"}}})"),
      message("order", R"({"order": {"catalog_id": "77", "text": "", "product_items": [
        {"product_retailer_id": "rice-5kg", "quantity": 2, "item_price": 320.5, "currency": "INR"},
        {"product_retailer_id": "dal", "quantity": 1, "item_price": 90, "currency": "INR"}]}})"),
      message("system", R"({"system": {"type": "user_changed_number", "wa_id": "919800000009",
        "body": "User Sample Parent changed from 919800000001 to 919800000009"}})"),
      message("system", R"({"system": {"type": "user_changed_user_id", "wa_id": "919800000009",
        "user_id": "IN.77", "parent_user_id": "IN.ENT.88",
        "body": "User Sample Parent changed from IN.1349120865530274 to IN.77"}})"),
      message("system", R"({"system": {"type": "customer_identity_changed", "body": "changed",
        "customer": "919800000001", "identity": "aGFzaA=="},
        "identity": {"acknowledged": true, "created_timestamp": "1767225000", "hash": "aGFzaA=="}})"),
      message("edit", R"({"edit": {"original_message_id": "wamid.X",
        "message": {"type": "text", "text": {"body": "Friday"}}}})"),
      message("edit", R"({"edit": {"original_message_id": "wamid.X",
        "message": {"type": "image", "image": {"id": "1003", "caption": "Friday"}}}})"),
      message("revoke", R"({"revoke": {"original_message_id": "wamid.X"}})"),
      message("request_welcome", "{}"),
      message("unsupported", R"({"unsupported": {"type": "poll"}, "errors": [{"code": 131051,
        "title": "Message type unknown", "message": "Message type unknown",
        "error_data": {"details": "Not supported."}, "href": "/errors"}]})"),
      message("text", R"({"text": {"body": "words"}, "group_id": "Y2FwaV9ncm91cDox"})"),
  };
}

std::vector<SheetLine> statuses_and_calls() {
  return {
      news("messages",
           R"({"statuses": [{"id": "wamid.S", "status": "sent", "timestamp": "1767225601",
        "recipient_id": "919800000001", "recipient_user_id": "IN.1", "recipient_parent_user_id":
        "IN.ENT.2", "biz_opaque_callback_data": "ref.17.0", "recipient_identity_key_hash": "aA==",
        "conversation": {"id": "c1", "expiration_timestamp": "1767312000",
          "origin": {"type": "referral_conversion"}},
        "pricing": {"billable": true, "pricing_model": "PMP", "type": "regular",
          "category": "authentication-international"}}]})"),
      news("messages",
           R"({"statuses": [{"id": "wamid.S", "status": "failed", "timestamp": "1767225601",
        "recipient_id": "919800000001", "errors": [{"code": 131049, "title": "t", "message": "m",
        "error_data": {"details": "d"}, "href": "/errors"}]}]})"),
      news("messages",
           R"({"statuses": [{"id": "wamid.S", "status": "played", "timestamp": "1767225601",
        "recipient_id": "Y2FwaV9ncm91cDox", "recipient_type": "group",
        "recipient_participant_id": "919800000001", "recipient_participant_user_id": "IN.1",
        "recipient_participant_parent_user_id": "IN.ENT.2"}]})"),
      news("messages", R"({"statuses": [{"id": "gB", "recipient_id": "919800000001",
        "type": "payment", "status": "captured", "timestamp": "1767225601", "payment": {
          "reference_id": "order-1", "amount": {"value": 21000, "offset": 100}, "currency": "INR",
          "receipt": "r", "notes": {"key1": "value1"},
          "transaction": {"id": "order_9", "pg_transaction_id": "pay_2", "type": "razorpay",
            "status": "success", "created_timestamp": 1767225500, "updated_timestamp": 1767225600,
            "method": {"type": "upi"}, "error": {"code": "c", "reason": "r"}},
          "refunds": [{"id": "rf", "amount": {"value": 100, "offset": 100}, "status": "success",
            "speed_processed": "instant", "created_timestamp": 1767225500,
            "updated_timestamp": 1767225600}]}}]})"),
      news("messages", R"({"errors": [{"code": 130429, "title": "Rate limit hit"}]})"),
      news("calls", R"({"contacts": [{"profile": {"name": "Sample Parent"}, "user_id": "IN.1"}],
        "calls": [{"id": "wacid.A", "from": "919800000001", "from_user_id": "IN.1",
        "from_parent_user_id": "IN.ENT.2", "to": "919800000000", "event": "connect",
        "timestamp": "1767225601", "direction": "USER_INITIATED",
        "session": {"sdp_type": "offer", "sdp": "v=0\r\ns=-\r\n"}}]})"),
      news("calls", R"({"calls": [{"id": "wacid.A", "to": "919800000001", "to_user_id": "IN.1",
        "to_parent_user_id": "IN.ENT.2", "from": "919800000000", "event": "terminate",
        "timestamp": "1767225661", "direction": "BUSINESS_INITIATED", "status": "FAILED",
        "start_time": "1767225601", "end_time": "1767225661", "duration": 60,
        "biz_opaque_callback_data": "ref", "deeplink_payload": "d", "cta_payload": "c",
        "errors": [{"code": 138000, "message": "m"}]}]})"),
      news("calls", R"({"statuses": [{"id": "wacid.A", "timestamp": "1767225601", "type": "call",
        "status": "RINGING", "recipient_id": "919800000001", "recipient_user_id": "IN.1"}]})"),
      news("user_preferences", R"({"contacts": [{"profile": {"name": "Sample Parent"},
        "user_id": "IN.1"}], "user_preferences": [{"wa_id": "919800000001", "user_id": "IN.1",
        "parent_user_id": "IN.ENT.2", "detail": "User asked to stop", "value": "stop",
        "category": "marketing_messages", "timestamp": 1767225601}]})"),
      news("user_id_update", R"({"contacts": [{"profile": {"name": "Sample Parent"}}],
        "user_id_update": [{"wa_id": "919800000001", "detail": "Updated.", "timestamp": "1767225601",
        "user_id": {"previous": "IN.1", "current": "IN.77"},
        "parent_user_id": {"previous": "IN.ENT.2", "current": "IN.ENT.88"}}]})"),
  };
}

std::vector<SheetLine> echoes_and_groups() {
  return {
      news("smb_message_echoes", R"({"message_echoes": [{"from": "919800000000", "id": "wamid.E",
        "to": "919800000001", "to_user_id": "IN.1", "to_parent_user_id": "IN.ENT.2",
        "timestamp": "1767225601", "type": "text", "text": {"body": "I am on it"},
        "context": {"id": "wamid.X"}}]})"),
      news("smb_message_echoes", R"({"message_echoes": [{"from": "919800000000", "id": "wamid.E",
        "to": "919800000001", "timestamp": "1767225601", "type": "edit", "edit": {
        "original_message_id": "wamid.X", "message": {"type": "text", "text": {"body": "b"}}}},
        {"from": "919800000000", "id": "wamid.F", "to": "919800000001",
        "timestamp": "1767225601", "type": "revoke", "revoke": {"original_message_id": "wamid.X"}}]})"),
      news("smb_app_state_sync", R"({"state_sync": [{"type": "contact", "action": "add",
        "contact": {"full_name": "A B", "first_name": "A", "phone_number": "919800000001",
        "user_id": "IN.1", "parent_user_id": "IN.ENT.2", "username": "sample"},
        "metadata": {"timestamp": "1767225601"}}]})"),
      news("history", R"({"history": [{"metadata": {"phase": 0, "chunk_order": 1, "progress": 55},
        "threads": [{"id": "919800000001", "context": {"wa_id": "919800000001", "user_id": "IN.1",
          "username": "sample"}, "messages": [{"from": "919800000001", "to": "919800000000",
          "id": "wamid.H", "from_user_id": "IN.1", "timestamp": "1767225601", "type": "text",
          "text": {"body": "hello"}, "history_context": {"status": "READ", "from_me": false}}]}]}]})"),
      news("history", R"({"history": [{"errors": [{"code": 2593109, "title": "t", "message": "m",
        "error_data": {"details": "Sharing was declined."}}]}]})"),
      news("standby", R"({"standby": {"contacts": [{"wa_id": "919800000001"}],
        "messages": [{"id": "wamid.A", "from": "919800000001", "timestamp": "1767225601",
          "type": "text", "text": {"body": "words"}}],
        "statuses": [{"id": "wamid.B", "status": "read", "timestamp": "1767225602"}],
        "message_echoes": [{"id": "wamid.C", "to": "919800000001", "timestamp": "1767225603",
          "type": "text", "text": {"body": "words"}}]}})"),
      news("messaging_handovers", R"({"timestamp": "1767225601",
        "sender": {"phone_number": "919800000001", "user_id": "IN.1"},
        "recipient": {"display_phone_number": "919800000000", "phone_number_id": "106540352240000"},
        "control_passed": {"previous_owner_app_id": "11", "new_owner_app_id": "12",
          "metadata": "asked for a person"}})"),
      news("messaging_handovers", R"({"control_taken": {"previous_owner_app_id": "11"},
        "control_released": {"metadata": "m"}})"),
      news("group_lifecycle_update", R"({"groups": [{"timestamp": "1767225601", "group_id": "Y2Fw",
        "type": "group_create", "request_id": "R1", "subject": "s", "description": "d",
        "invite_link": "https://g.example", "join_approval_mode": "auto_approve",
        "added_participants": [{"input": "919800000001", "wa_id": "919800000001", "user_id": "IN.1",
          "parent_user_id": "IN.ENT.2", "username": "sample"}],
        "failed_participants": [{"input": "919800000002", "errors": [{"code": 1}]}]}]})"),
      news("group_participants_update", R"({"groups": [{"timestamp": "1767225601",
        "group_id": "Y2Fw", "type": "group_join_request_created", "join_request_id": "J1",
        "wa_id": "919800000001", "user_id": "IN.1", "username": "sample", "reason": "invite_link",
        "removed_participants": [{"input": "919800000001"}]}]})"),
      news("group_settings_update", R"({"groups": [{"timestamp": "1767225601", "group_id": "Y2Fw",
        "type": "group_settings_update", "profile_picture": {"mime_type": "image/jpeg",
        "sha256": "SfIn="}, "errors": [{"code": 2, "title": "t"}]}]})"),
      news("group_status_update", R"({"groups": [{"timestamp": "1767225601", "group_id": "Y2Fw",
        "type": "group_suspend"}]})"),
  };
}

std::vector<SheetLine> account_news() {
  return {
      account("message_template_status_update", R"({"event": "REJECTED",
        "message_template_id": 12345678901234567, "message_template_name": "leave_filed",
        "message_template_language": "en", "message_template_category": "UTILITY",
        "reason": "INVALID_FORMAT", "rejection_info": {"reason": "r", "recommendation": "c"},
        "disable_info": {"disable_date": 1767225600}, "other_info": {"title": "FIRST_PAUSE",
        "description": "d"}})"),
      account("message_template_quality_update", R"({"previous_quality_score": "GREEN",
        "new_quality_score": "YELLOW", "message_template_id": 12, "message_template_name": "n",
        "message_template_language": "en"})"),
      account("message_template_components_update", R"({"message_template_id": 12,
        "message_template_name": "n", "message_template_language": "en",
        "message_template_title": "t", "message_template_element": "e",
        "message_template_footer": "f", "message_template_buttons": [
        {"message_template_button_type": "URL", "message_template_button_text": "Open",
         "message_template_button_url": "https://b.example",
         "message_template_button_phone_number": "919800000000"}]})"),
      account("template_category_update",
              R"({"message_template_id": 12, "message_template_name": "n",
        "message_template_language": "en", "previous_category": "UTILITY",
        "new_category": "MARKETING", "correct_category": "MARKETING",
        "category_update_timestamp": 1767225600})"),
      account("phone_number_quality_update", R"({"display_phone_number": "919800000000",
        "event": "THROUGHPUT_UPGRADE", "max_daily_conversations_per_business": "TIER_2K",
        "current_limit": "TIER_2K", "old_limit": "TIER_250"})"),
      account("phone_number_name_update", R"({"display_phone_number": "919800000000",
        "decision": "APPROVED", "requested_verified_name": "Green Valley", "rejection_reason": "r"})"),
      account("security", R"({"display_phone_number": "919800000000", "event": "PIN_CHANGED",
        "requester": "1234567890"})"),
      account("business_username_update", R"({"display_phone_number": "919800000000",
        "username": "greenvalley", "status": "approved"})"),
      account("business_username_updates", R"({"display_phone_number": "919800000000",
        "username": "greenvalley", "status": "reserved"})"),
      account("business_capability_update", R"({"max_daily_conversations_per_business": "TIER_2K",
        "max_phone_numbers_per_business": 25, "max_phone_numbers_per_waba": 20})"),
      account("account_update", R"({"event": "PARTNER_REMOVED", "phone_number": "919800000000",
        "country": "IN", "waba_info": {"waba_id": "102290129340398", "owner_business_id": "9",
        "partner_app_id": "11", "solution_id": "13", "solution_partner_business_ids": ["14", "15"]},
        "restriction_info": [{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING",
        "expiration": "2026-04-19T13:59:20+0000", "remediation": "r"}],
        "violation_info": {"violation_type": "SCAM"},
        "ban_info": {"waba_ban_state": "SCHEDULE_FOR_DISABLE", "waba_ban_date": "2026-04-19"},
        "disconnection_info": {"reason": "USER", "initiated_by": "PHONE"}})"),
      account("account_alerts", R"({"entity_type": "WABA", "entity_id": "102290129340398",
        "alert_severity": "WARNING", "alert_status": "ACTIVE", "alert_type": "OBA_APPROVED",
        "alert_description": "d"})"),
      account("account_review_update", R"({"decision": "APPROVED"})"),
      account("account_settings_update", R"({"messaging_product": "whatsapp",
        "timestamp": "1767225600", "type": "phone_number_settings", "phone_number_settings": {
        "phone_number_id": "106540352240000", "calling": {"status": "ENABLED"}}})"),
      account("partner_solutions", R"({"event": "SOLUTION_UPDATED", "solution_id": "13",
        "solution_status": "ACTIVE"})"),
      account("payment_configuration_update", R"({"configuration_name": "fees",
        "provider_name": "razorpay", "provider_mid": "m1", "status": "Needs Testing",
        "created_timestamp": 1767225500, "updated_timestamp": 1767225600})"),
      account("flows", R"({"event": "ENDPOINT_ERROR_RATE", "message": "m", "flow_id": "21",
        "old_status": "DRAFT", "new_status": "PUBLISHED", "alert_state": "ACTIVATED",
        "error_rate": 14.28, "threshold": 10, "errors": [{"error_type": "TIMEOUT_ERROR",
        "error_rate": 66.5, "error_count": 4}]})"),
  };
}

}  // namespace

std::vector<SheetLine> whole_sheet() {
  std::vector<SheetLine> all;
  for (auto* part :
       {words_and_files, answers_and_notices, statuses_and_calls, echoes_and_groups, account_news})
    for (auto& line : part()) all.push_back(std::move(line));
  return all;
}

}  // namespace mitr::whatsapp
