// Slack's emoji short codes, the ones a sales team's bot is likely to use.

const CODES = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|clap 👏|pray 🙏|muscle 💪|wave 👋|raised_hands 🙌|handshake 🤝|ok_hand 👌
point_right 👉|point_up ☝️|eyes 👀|bow 🙇|man-bowing 🙇‍♂️|woman-bowing 🙇‍♀️|writing_hand ✍️
smile 😄|smiley 😃|grinning 😀|slightly_smiling_face 🙂|blush 😊|wink 😉|relieved 😌|thinking_face 🤔
neutral_face 😐|disappointed 😞|cry 😢|sob 😭|sweat_smile 😅|star-struck 🤩|hugging_face 🤗|partying_face 🥳
heart ❤️|orange_heart 🧡|yellow_heart 💛|green_heart 💚|blue_heart 💙|sparkling_heart 💖
tada 🎉|confetti_ball 🎊|sparkles ✨|star ⭐|star2 🌟|trophy 🏆|medal 🏅|first_place_medal 🥇
second_place_medal 🥈|third_place_medal 🥉|crown 👑|gift 🎁|gem 💎|rocket 🚀|fire 🔥|100 💯|dart 🎯
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|no_entry ⛔|no_entry_sign 🚫
warning ⚠️|exclamation ❗|question ❓|information_source ℹ️|bangbang ‼️|rotating_light 🚨
large_green_circle 🟢|large_yellow_circle 🟡|large_orange_circle 🟠|red_circle 🔴|large_blue_circle 🔵
white_circle ⚪|black_circle ⚫|small_blue_diamond 🔹|small_orange_diamond 🔸
chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|moneybag 💰|yen 💴|dollar 💵
calendar 📅|date 📅|spiral_calendar_pad 🗓️|clock1 🕐|clock3 🕒|clock9 🕘|alarm_clock ⏰|hourglass ⌛
hourglass_flowing_sand ⏳|timer_clock ⏲️|stopwatch ⏱️|zzz 💤|sunrise 🌅|sunny ☀️|sun_with_face 🌞
cherry_blossom 🌸|seedling 🌱|herb 🌿|four_leaf_clover 🍀|deciduous_tree 🌳|coffee ☕|tea 🍵
memo 📝|pencil ✏️|pencil2 ✏️|clipboard 📋|page_facing_up 📄|page_with_curl 📃|bookmark 🔖|books 📚
file_folder 📁|open_file_folder 📂|card_index 📇|package 📦|inbox_tray 📥|outbox_tray 📤|label 🏷️
email ✉️|envelope ✉️|incoming_envelope 📨|love_letter 💌|mailbox 📫|speech_balloon 💬|thought_balloon 💭
telephone_receiver 📞|phone ☎️|iphone 📱|mega 📣|loudspeaker 📢|bell 🔔|no_bell 🔕|link 🔗|paperclip 📎
pushpin 📌|round_pushpin 📍|mag 🔍|key 🔑|lock 🔒|unlock 🔓|gear ⚙️|wrench 🔧|hammer_and_wrench 🛠️
bulb 💡|robot_face 🤖|office 🏢|factory 🏭|house 🏠|busts_in_silhouette 👥|bust_in_silhouette 👤
arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrow_forward ▶️|leftwards_arrow_with_hook ↩️
repeat 🔁|arrows_counterclockwise 🔄|heavy_plus_sign ➕|heavy_minus_sign ➖|wastebasket 🗑️|back 🔙
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|knot 🪢|ring_buoy 🛟|jp 🇯🇵|us 🇺🇸|new 🆕|up 🆙
`;

const EMOJI = new Map(
  CODES.trim()
    .split(/[|\n]/)
    .map((pair) => {
      const gap = pair.indexOf(" ");
      return [pair.slice(0, gap), pair.slice(gap + 1)];
    }),
);

/** The character for a short code without colons, or null. */
export function emoji(name) {
  return EMOJI.get(name.split("::")[0]) ?? null;
}

/** Replaces the known :short_codes: in a plain text. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+(?:::skin-tone-\d)?):/g, (whole, name) => emoji(name) ?? whole);
}
